// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Testing

@testable import Tensors

/// How each public operation is checked: the name of its recording in PyTorch, and the rows of the gradient table.
private struct Checked {
  let recording: String
  /// Nil where nothing flows back: whole numbers, comparisons, steps of a staircase, tensors out of nothing.
  let gradient: String?

  init(_ recording: String, gradient: String?) {
    self.recording = recording
    self.gradient = gradient
  }
}

private let operations: [String: Checked] = [
  "linear": Checked("linear", gradient: "linear"),
  "spectrallyNormalized": Checked("spectral_norm", gradient: "spectral_norm"),
  "sum": Checked("sum", gradient: "sum"), "mean": Checked("mean", gradient: "mean"),
  "batchNorm": Checked("batch_norm", gradient: "batch_norm"),
  "layerNorm": Checked("layer_norm", gradient: "layer_norm"),
  "concatenate": Checked("cat", gradient: "cat"), "stack": Checked("stack", gradient: "stack"),
  "split": Checked("split", gradient: "split"), "pow": Checked("pow", gradient: "pow"),
  "logicalAnd": Checked("logical_and", gradient: nil), "logicalOr": Checked("logical_or", gradient: nil),
  "logicalNot": Checked("logical_not", gradient: nil), "sort": Checked("sort", gradient: "sort"),
  "topK": Checked("topk", gradient: "topk"), "quantile": Checked("quantile", gradient: "quantile"),
  "maxPool2d": Checked("max_pool2d", gradient: "max_pool2d"),
  "averagePool2d": Checked("avg_pool2d", gradient: "avg_pool2d"),
  "upsampleNearest2d": Checked("upsample", gradient: "upsample"),
  "variance": Checked("var", gradient: "variance"),
  "standardDeviation": Checked("std", gradient: "standard deviation"),
  "norm": Checked("norm", gradient: "norm"), "reshaped": Checked("reshape", gradient: "reshape"),
  "flattened": Checked("flatten", gradient: "flatten"), "squeezed": Checked("squeeze", gradient: "squeeze"),
  "unsqueezed": Checked("unsqueeze", gradient: "squeeze"),
  "transposed": Checked("transpose", gradient: "transpose"), "permuted": Checked("permute", gradient: "permute"),
  "broadcast": Checked("broadcast", gradient: "broadcast"), "select": Checked("where", gradient: "where"),
  "floats": Checked("to_floats", gradient: nil), "converted": Checked("to_integers", gradient: nil),
  "softmax": Checked("softmax", gradient: "softmax"),
  "logSoftmax": Checked("log_softmax", gradient: "log_softmax"),
  "max": Checked("max", gradient: "max"), "min": Checked("min", gradient: "min"),
  "argmax": Checked("argmax", gradient: nil), "argmin": Checked("argmin", gradient: nil),
  "any": Checked("any", gradient: nil), "all": Checked("all", gradient: nil),
  "product": Checked("prod", gradient: "product"), "sliced": Checked("slice", gradient: "slice"),
  "replacing": Checked("replace", gradient: "replace"),
  "cumulativeSum": Checked("cumsum", gradient: "cumsum"),
  "convolution2d": Checked("conv2d", gradient: "conv2d"),
  "transposedConvolution2d": Checked("conv_transpose2d", gradient: "conv_transpose2d"),
  "exp": Checked("exp", gradient: "exp"), "log": Checked("log", gradient: "log"),
  "sqrt": Checked("sqrt", gradient: "sqrt"), "abs": Checked("abs", gradient: "abs"),
  "sign": Checked("sign", gradient: "sign"), "sin": Checked("sin", gradient: "sin"),
  "cos": Checked("cos", gradient: "cos"), "round": Checked("round", gradient: nil),
  "floor": Checked("floor", gradient: nil), "clamp": Checked("clip", gradient: "clip"),
  "activate": Checked("relu", gradient: "linear+tanh"), "relu": Checked("relu", gradient: "relu"),
  "tanh": Checked("tanh", gradient: "tanh"), "sigmoid": Checked("sigmoid", gradient: "sigmoid"),
  "leakyReLU": Checked("leaky_relu", gradient: "leaky_relu"),
  "softplus": Checked("softplus", gradient: "softplus"), "matmul": Checked("matmul", gradient: "matmul"),
  "dot": Checked("dot", gradient: "dot"), "crossEntropy": Checked("cross_entropy", gradient: "cross_entropy"),
  "meanSquaredError": Checked("mse", gradient: "mse"), "meanAbsoluteError": Checked("l1", gradient: "l1"),
  "binaryCrossEntropy": Checked("bce", gradient: "bce"),
  "binaryCrossEntropyFromLogits": Checked("bce_logits", gradient: "bce_logits"),
  "normalDivergence": Checked("kl_normal", gradient: "kl_normal"),
  "gather": Checked("gather", gradient: "gather"), "take": Checked("take", gradient: "take"),
  "embedding": Checked("embedding", gradient: "embedding"), "oneHot": Checked("one_hot", gradient: nil),
  "masked": Checked("mask", gradient: "mask"), "floorDivide": Checked("floor_divide", gradient: nil),
  "remainder": Checked("remainder", gradient: nil), "maximum": Checked("maximum", gradient: "maximum"),
  "minimum": Checked("minimum", gradient: "minimum"), "zeros": Checked("zeros", gradient: nil),
  "ones": Checked("ones", gradient: nil), "filled": Checked("full", gradient: nil),
  "full": Checked("full", gradient: nil), "range": Checked("range", gradient: nil),
  "linearSpace": Checked("linspace", gradient: nil), "identity": Checked("identity", gradient: nil),
  "+": Checked("add", gradient: "add"), "-": Checked("subtract", gradient: "subtract"),
  "*": Checked("multiply", gradient: "multiply"), "/": Checked("divide", gradient: "divide"),
  ".==": Checked("equal", gradient: nil), ".!=": Checked("not_equal", gradient: nil),
  "<": Checked("less", gradient: nil), "<=": Checked("less_equal", gradient: nil),
  ">": Checked("greater", gradient: nil), ">=": Checked("greater_equal", gradient: nil),
]

/// What is public without computing anything, and what is random or trains: each has tests of its own.
private let withoutRecording: Set<String> = [
  "scalars", "integers", "booleans", "item", "withUnsafeFloats", "withoutRecording", "requiringGradient", "detached",
  "replaceGradient", "clearGradient", "observingGradient", "backward", "gradient", "numericalGradient", "copy",
  "normal", "uniform", "permutation", "next", "nextUniform", "dropout", "adamUpdate", "came", "user",
  "noteGradientUse",
]

@Suite struct CompletenessTests {
  @Test("Every public operation has values recorded from PyTorch, and a gradient rule its finite differences")
  func nothingIsLeftOut() throws {
    let names = try publicFunctions()
    #expect(names.count > 100, "the sources were not understood")
    for name in names.subtracting(withoutRecording) {
      let checked = try #require(operations[name], "\(name) is checked against nothing")
      #expect(recordedOperations[checked.recording] != nil, "\(name): nothing recorded as \(checked.recording)")
      guard let gradient = checked.gradient else { continue }
      #expect(gradientTable.contains { $0.name == gradient }, "\(name): no row \(gradient) in the gradient table")
    }
    for name in operations.keys { #expect(names.contains(name), "\(name) is no operation any more") }
  }

  /// The names of all public functions of the module that a user's program can reach.
  private func publicFunctions() throws -> Set<String> {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Tensors")
    var names: Set<String> = []
    for folder in ["", "Autograd", "Ops", "Ops/Losses", "Ops/Normalization", "Random"] {
      let place = sources.appending(path: folder)
      for file in try FileManager.default.contentsOfDirectory(atPath: place.path()) where file.hasSuffix(".swift") {
        let text = String(decoding: try Data(contentsOf: place.appending(path: file)), as: UTF8.self)
        for line in text.split(separator: "\n") {
          guard let name = publicFunction(line) else { continue }
          names.insert(name)
        }
      }
    }
    return names
  }

  private func publicFunction(_ line: Substring) -> String? {
    for start in ["public func ", "  public func ", "  public static func "] where line.hasPrefix(start) {
      return String(
        line.dropFirst(start.utf8.count).prefix { $0 != "(" && $0 != "<" || line.contains("func <") && $0 == "<" }
      )
      .split(separator: " ").first.map(String.init)
    }
    return nil
  }
}
