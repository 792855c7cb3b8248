// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Layers
import Testing

/// The recordings that each public layer and optimizer is held to.
private let recordings: [String: [String]] = [
  "Linear": ["linear", "linear-no-bias", "linear-3d"], "Conv2d": ["conv", "conv-stride", "conv-no-padding"],
  "ConvTranspose2d": ["conv-transpose", "conv-transpose-3"],
  "BatchNorm": ["batch-norm-1d", "batch-norm-1d-eval", "batch-norm-2d", "batch-norm-2d-eval"],
  "LayerNorm": ["layer-norm"], "Embedding": ["embedding"], "Upsample": ["upsample"], "Flatten": ["flatten"],
  "Pool": ["max-pool", "max-pool-stride", "average-pool"], "Reshape": ["reshape"], "Dropout": ["dropout-eval"],
  "SpectralNorm": ["spectral-linear", "spectral-linear-eval", "spectral-conv", "spectral-conv-transpose"],
  "Sequential": ["net", "image-net"], "Heads": ["encoder"],
  "ActivationLayer": [
    "relu", "leaky-relu", "tanh", "sigmoid", "softplus", "elu", "silu", "softmax", "log-softmax",
  ],
  "SGD": ["sgd", "sgd-momentum", "sgd-nesterov-decay"],
  "Adam": ["adam", "adam-gan", "adam-decay", "adamw"], "RMSprop": ["rmsprop", "rmsprop-alpha"],
]

/// Layers that compute nothing of their own: what they run is a program's.
private let withoutRecording: Set<String> = ["FunctionLayer"]

@Suite struct CompletenessTests {
  @Test("Every public layer and optimizer has values recorded from PyTorch")
  func nothingIsLeftOut() throws {
    let recorded = Set(
      try Recording<LayerCase>("layers.json").cases.map(\.name)
        + Recording<OptimizerCase>("optimizers.json").cases.map(\.name))
    let names = try publicLayersAndOptimizers()
    #expect(names.count > 15, "the sources were not understood")
    for name in names.subtracting(withoutRecording) {
      let cases = try #require(recordings[name], "\(name) is checked against nothing")
      for name in cases { #expect(recorded.contains(name), "nothing recorded as \(name)") }
    }
    for name in recordings.keys { #expect(names.contains(name), "\(name) is no layer or optimizer any more") }
    #expect(Set(recordings.values.joined()) == recorded, "a recording belongs to nothing, or to what is not named here")
  }

  @Test("Every kind of activation has a recording of its own")
  func everyActivation() throws {
    let kinds = try lines(of: "ActivationLayer.swift").prefix { !$0.contains("  }") }
      .compactMap { line in line.hasPrefix("    case ") ? line.dropFirst(9).prefix { $0.isLetter } : nil }
    #expect(kinds.count == recordings["ActivationLayer"]?.count, "\(kinds)")
  }

  private var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/Layers")
  }

  private func lines(of file: String) throws -> [Substring] {
    String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self).split(separator: "\n")
  }

  /// The names of the public classes that are layers or optimizers.
  private func publicLayersAndOptimizers() throws -> Set<String> {
    var names: Set<String> = []
    for place in ["", "Containers/", "Optimizers/"] {
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: place).path())
      for file in files where file.hasSuffix(".swift") {
        for line in try lines(of: place + file) where line.hasPrefix("public final class ") {
          let parts = line.dropFirst("public final class ".count).split(separator: ":", maxSplits: 1)
          guard parts.count == 2, parts[1].contains("Layer") || parts[1].contains("Optimizer") else { continue }
          names.insert(String(parts[0]))
        }
      }
    }
    return names
  }
}
