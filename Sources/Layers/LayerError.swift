// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// What did not fit in a net, and where.
public struct LayerError: Error {
  /// What was wrong.
  public enum Cause: Sendable {
    /// The last axis has the wrong size.
    case lastAxis(expected: Int, found: Int)
    /// The axis that counts channels has the wrong size.
    case channels(expected: Int, found: Int)
    /// The number of axes is one the layer cannot take.
    case rank(expected: [Int])
    /// The elements of one sample cannot be laid out in the shape asked for.
    case reshape(to: Shape)
    /// A window is larger than the image it slides over.
    case window(size: Int, image: Shape)
    /// A layer got another number of inputs than it takes.
    case inputCount(expected: Int, found: Int)
    /// Several outputs where one is needed, by name.
    case manyOutputs([String])
    /// A setting out of its range, such as a probability of 2.
    case setting(name: String, value: String, needs: String)
    /// An operation on tensors failed.
    case tensor(TensorError)
    /// A function given from above failed.
    case function(any Error)
    /// Saved values do not fit the net.
    case state(StateMismatch)
  }

  /// A layer that was passed on the way to the one that failed.
  public struct Step: Sendable {
    /// The name within its container, such as `0`.
    public let name: String
    /// The layer with its settings.
    public let layer: String
    /// What it gave to the next layer.
    public let output: String
  }

  /// What was wrong.
  public let cause: Cause
  /// The names from the outermost layer to the one that failed: `D`, `1`.
  public private(set) var path: [String] = []
  /// The layer that failed, with its settings: `Linear(784 → 128)`.
  public let layer: String
  /// The shape that reached it.
  public let input: Shape?
  /// The shapes it takes, such as `[*, 784]`.
  public let wanted: String?
  /// The layers before it, in the order in which they ran.
  public private(set) var trail: [Step] = []

  /// Makes the error of one layer.
  public init(_ cause: Cause, in layer: any Layer, input: Shape? = nil) {
    self.cause = cause
    self.layer = layer.summary
    self.input = input
    wanted = layer.inputPattern
  }

  /// Makes an error of something that is not a layer, such as a saved state.
  public init(_ cause: Cause, of subject: String) {
    self.cause = cause
    layer = subject
    input = nil
    wanted = nil
  }

  /// The same error seen from a container: its name in front of the path.
  public func within(_ name: String?, after earlier: [Step] = []) -> LayerError {
    var outer = self
    if let name { outer.path.insert(name, at: 0) }
    outer.trail = earlier + outer.trail
    return outer
  }

  /// The path and the layer, as in `D.1 Linear(784 → 128)`.
  public var place: String {
    path.isEmpty ? layer : path.joined(separator: ".") + " " + layer
  }
}

extension LayerError: CustomStringConvertible {
  /// The error as one English sentence.
  public var description: String {
    let shape = input.map(\.description) ?? "its input"
    return switch cause {
    case .lastAxis(_, let found): "\(place) got a last axis of \(found), from \(shape)"
    case .channels(let expected, let found): "\(place) got \(found) channels, from \(shape); it takes \(expected)"
    case .rank(let expected):
      "\(place) got \(shape); it takes \(expected.map(String.init).joined(separator: " or ")) axes"
    case .reshape(let target): "\(place) cannot lay out \(shape) as \(target) for each sample"
    case .window(let size, let image): "\(place): a window of \(size) does not fit \(image)"
    case .inputCount(let expected, let found): "\(place) takes \(expected) inputs, got \(found)"
    case .manyOutputs(let names): "\(place) gives several outputs (\(names.joined(separator: ", "))), not one tensor"
    case .setting(let name, let value, let needs): "\(place): \(name) is \(value), needs \(needs)"
    case .tensor(let error): "\(place): \(error)"
    case .function(let error): "\(place): \(error)"
    case .state(let mismatch): "\(place): \(mismatch)"
    }
  }
}
