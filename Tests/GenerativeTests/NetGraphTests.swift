// SPDX-License-Identifier: Apache-2.0
import Layers
import TensorFiles
import Tensors
import Testing

@testable import Generative

/// Which operations a net becomes; that other runtimes compute the same with them is checked with the files themselves.
@Suite struct NetGraphTests {
  private func operations(_ trainer: any Trainer) throws -> [String] {
    let used = try #require(trainer.usedNet)
    return try NetGraph(used.net, named: used.name, input: used.input).model.operations.map(\.name)
  }

  @Test("A generator, a decoder, a classifier, an enlarger")
  func used() throws {
    #expect(
      try operations(tinyGAN()) == ["Gemm", "LeakyRelu", "Gemm", "LeakyRelu", "Gemm", "Tanh", "Reshape", "Identity"])
    #expect(try operations(tinyVAE()) == ["Gemm", "Relu", "Gemm", "Tanh", "Reshape", "Identity"])
    #expect(try operations(tinyClassifier()) == ["Flatten", "Gemm", "Relu", "Gemm", "Identity"])
    #expect(try operations(tinyEnlarger()) == ["Conv", "Relu", "Conv", "Relu", "ConvTranspose", "Tanh", "Identity"])
  }

  @Test("A conditional generator has a second input of whole-number labels", arguments: Conditioning.allCases)
  func labels(form: Conditioning) throws {
    let gan = try tinyGAN { $0.conditioning = form }
    let model = try NetGraph(gan.generator, named: "G", input: [6]).model
    #expect(model.inputs.map(\.name) == ["x", "labels"])
    #expect(model.inputs.map(\.type) == [.float32, .int64])
    #expect(model.operations.prefix(3).map(\.name) == ["Gather", "Flatten", "Concat"])
  }

  @Test("Outputs of heads keep their names, weights their paths")
  func heads() throws {
    let vib = try tinyBottleneck()
    let model = try NetGraph(vib.encoder, named: "E", input: [1, 28, 28]).model
    #expect(model.outputs.map(\.name) == ["mu", "logvar"])
    #expect(model.weights.map(\.name).contains("5.mu.weight"))
  }

  @Test("A layer that looks at a whole batch is refused by its name")
  func refused() throws {
    let gan = try tinyGAN { $0.usesMinibatchDeviation = true }
    #expect {
      _ = try NetGraph(gan.discriminator, named: "D", input: [1, 28, 28])
    } throws: { "\($0)".contains("MinibatchDeviation") }
  }
}
