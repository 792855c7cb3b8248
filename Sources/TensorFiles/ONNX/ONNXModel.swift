// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// A net as a graph of operations, in the Open Neural Network Exchange format that other runtimes load.
///
/// Operator set 17. Values are named; the methods in `ONNXModel+Layers` add operations and return the name of their
/// result.
public struct ONNXModel {
  /// A setting of an operation.
  public enum Attribute: Sendable, Hashable {
    /// A whole number.
    case int(Int)
    /// A list of whole numbers.
    case ints([Int])
    /// A float.
    case float(Float)
    /// A word.
    case string(String)
  }

  /// One operation.
  public struct Operation: Sendable {
    /// The operator's name in the standard, such as `Gemm`.
    public let name: String
    /// What it reads; an empty name leaves an input out.
    public let inputs: [String]
    /// What it makes.
    public let output: String
    /// Its settings.
    public let attributes: [(name: String, value: Attribute)]
  }

  /// The name of the graph.
  public let name: String
  /// What is said about the model, such as what it was trained on.
  public var notes: [String: String] = [:]
  /// What goes in: names with the shape of one example; the batch is in front and free.
  public private(set) var inputs: [(name: String, shape: Shape, type: DType)] = []
  /// What comes out.
  public private(set) var outputs: [(name: String, shape: Shape)] = []
  /// The operations in the order in which they run.
  public private(set) var operations: [Operation] = []
  /// The weights.
  public private(set) var weights: [(name: String, tensor: Tensor)] = []

  /// Starts an empty graph.
  public init(name: String) {
    self.name = name
  }

  /// Adds an input of floats; `shape` is that of one example, [channel, height, width] for images.
  public mutating func input(_ name: String, shape: Shape) -> String {
    inputs.append((name, shape, .float32))
    return name
  }

  /// Adds an input of whole-number labels, one for each example.
  public mutating func labels(_ name: String) -> String {
    inputs.append((name, .scalar, .int64))
    return name
  }

  /// Says that a value comes out under a name of its own; `shape` is that of one example.
  public mutating func output(_ value: String, as name: String, shape: Shape) {
    operations.append(Operation(name: "Identity", inputs: [value], output: name, attributes: []))
    outputs.append((name, shape))
  }

  /// Adds a weight under its name, which must not be in use.
  public mutating func weight(_ name: String, _ tensor: Tensor) -> String {
    weights.append((name, tensor))
    return name
  }

  /// Adds an operation of the standard and returns the name of its result.
  public mutating func append(
    _ operation: String, _ inputs: [String], _ attributes: [(name: String, value: Attribute)] = []
  ) -> String {
    let output = "\(operation)_\(operations.count)"
    operations.append(Operation(name: operation, inputs: inputs, output: output, attributes: attributes))
    return output
  }

  /// Writes a file whole or not at all.
  ///
  /// Throws when it cannot be written, or a name stands for two values.
  public func write(to path: String) throws(TensorFileError) {
    let bytes = try encode()
    try writeAtomically(path) { (file) throws(TensorFileError) in try file.write(bytes) }
  }
}
