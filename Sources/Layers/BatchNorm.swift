// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Brings each feature, or each channel of images, to mean 0 and variance 1 over the batch, then scales and shifts it.
///
/// Input [batch, features] or [batch, features, height, width], output of the same shape. In training the statistics
/// are those of the batch, and running ones are kept for inference: `running = (1 − momentum)·running + momentum·new`,
/// with the unbiased variance. Ioffe and Szegedy 2015, arXiv:1502.03167.
public final class BatchNorm: Layer, FusableLayer {
  /// How many features or channels there are.
  public let features: Int
  /// What is added to the variance before its square root is taken.
  public let epsilon: Double
  /// How much of the running statistics is replaced by those of a batch.
  public let momentum: Double
  /// The scale of each feature, [features].
  public let weight: Parameter
  /// The shift of each feature, [features].
  public let bias: Parameter
  /// The running mean, [features].
  public let runningMean: Buffer
  /// The running variance, [features].
  public let runningVariance: Buffer
  /// How many batches the running statistics have seen, a scalar.
  public let batchesTracked: Buffer
  /// The name people gave to this layer and what they attached to it.
  public let notes = LayerNotes()

  /// Makes the layer with scale 1, shift 0, running mean 0 and running variance 1.
  ///
  /// Throws when a setting is out of range.
  public init(_ features: Int, epsilon: Double = 1e-5, momentum: Double = 0.1) throws(LayerError) {
    let name = "BatchNorm(\(features))"
    try requireAtLeastOne([("n", features)], for: name)
    try require(epsilon > 0 && epsilon < 1, "eps", epsilon, needs: "between 0 and 1", for: name)
    try require((0...1).contains(momentum), "momentum", momentum, needs: "0 to 1", for: name)
    self.features = features
    self.epsilon = epsilon
    self.momentum = momentum
    do {
      weight = try Parameter("weight", .ones([features]))
      bias = try Parameter("bias", .zeros([features]))
      runningMean = Buffer("running_mean", try .zeros([features]))
      runningVariance = Buffer("running_var", try .ones([features]))
      batchesTracked = Buffer("num_batches_tracked", try Tensor(Int64(0)))
    } catch {
      throw LayerError(.tensor(error), of: name)
    }
  }

  /// The kind of layer.
  public var typeName: String { "BatchNorm" }

  /// As in `BatchNorm(128)`.
  public var summary: String { "BatchNorm(\(features))" }

  /// As in `[*, 128] or [*, 128, height, width]`.
  public var inputPattern: String? { "[*, \(features)] or [*, \(features), height, width]" }

  /// `weight` and `bias`.
  public var parameters: [(name: String, parameter: Parameter)] { [("weight", weight), ("bias", bias)] }

  /// `running_mean`, `running_var` and `num_batches_tracked`.
  public var buffers: [(name: String, buffer: Buffer)] {
    [runningMean, runningVariance, batchesTracked].map { ($0.name, $0) }
  }

  /// The normalised input.
  ///
  /// Throws in training when there is only one value a feature, whose variance means nothing.
  public func forward(_ input: Tensor, in context: ForwardContext) throws(LayerError) -> LayerOutput {
    try forward(input, activation: .identity, in: context)
  }

  func forward(
    _ input: Tensor, activation: Activation, in context: ForwardContext
  ) throws(LayerError) -> LayerOutput {
    _ = try outputShape(for: input.shape)
    let weight = context.value(of: weight)
    let bias = context.value(of: bias)
    do {
      guard context.isTraining else {
        let output = try batchNorm(
          input, mean: runningMean.value, variance: runningVariance.value, scale: weight, shift: bias,
          epsilon: epsilon)
        return .tensor(try activate(output, activation))
      }
      let result = try batchNorm(input, scale: weight, shift: bias, epsilon: epsilon, activation: activation)
      if context.updatesStatistics { try track(result) }
      return .tensor(result.output)
    } catch {
      throw LayerError(.tensor(error), in: self, input: input.shape)
    }
  }

  private func track(_ batch: BatchNormalization) throws(TensorError) {
    let unbiased = Double(batch.count) / Double(max(batch.count - 1, 1))
    runningMean.value = try runningMean.value * (1 - momentum) + batch.mean * momentum
    runningVariance.value = try runningVariance.value * (1 - momentum) + batch.variance * (momentum * unbiased)
    batchesTracked.value = try Tensor((batchesTracked.value.integers().first ?? 0) &+ 1)
  }

  /// The shape of the input.
  public func outputShape(for input: Shape) throws(LayerError) -> LayerShape {
    guard input.rank == 2 || input.rank == 4 else {
      throw LayerError(.rank(expected: [2, 4]), in: self, input: input)
    }
    guard input[1] == features else {
      throw LayerError(.channels(expected: features, found: input[1]), in: self, input: input)
    }
    return .tensor(input)
  }
}
