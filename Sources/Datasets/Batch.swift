// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Some examples as tensors.
public struct Batch {
  /// The examples: [batch] followed by the shape of one, float32, scaled.
  public let x: Tensor
  /// Their labels: [batch], int64; nil without labels.
  ///
  /// With mixing, probabilities [batch, classes], float32.
  public let y: Tensor?
  /// Their places in the data set, in the order of `x`.
  public let indices: [Int]

  /// How many examples there are.
  public var count: Int { indices.count }
}

extension Dataset {
  /// The examples at the given places, gathered straight from the stored numbers into float32.
  ///
  /// - Returns: Images of [indices.count, channel, height, width] and labels of [indices.count].
  /// - Throws: `DatasetError.outOfRange`, or `DatasetError.tensor` if there is not enough memory.
  public func batch(_ indices: [Int]) throws(DatasetError) -> Batch {
    for index in indices where index < 0 || index >= count { throw .outOfRange(index: index, count: count) }
    do {
      let x = try Tensor.filled(Shape([indices.count] + exampleShape)) { gather(indices, to: $0) }
      guard isLabelled else { return Batch(x: x, y: nil, indices: indices) }
      let labels = indices.map { Int64(label(of: $0) ?? 0) }
      return Batch(x: x, y: try Tensor(labels, shape: [indices.count]), indices: indices)
    } catch {
      throw .tensor(error)
    }
  }

  /// All examples as one tensor [count] followed by the shape of one, float32, scaled.
  ///
  /// - Throws: `DatasetError.tensor` if there is not enough memory.
  public func x() throws(DatasetError) -> Tensor { try batch(Array(0..<count)).x }

  /// All labels as one tensor [count], int64.
  ///
  /// - Throws: `DatasetError.unlabelled` without labels.
  public func y() throws(DatasetError) -> Tensor {
    guard isLabelled else { throw .unlabelled(name: name) }
    do {
      return try Tensor(labels.map(Int64.init), shape: [count])
    } catch {
      throw .tensor(error)
    }
  }

  /// A data set of tensors: [count, …] float32, and labels [count] or nil.
  ///
  /// Images are [count, channel, height, width], or [count, height, width] for one channel.
  ///
  /// - Throws: `DatasetError.empty` without examples, `DatasetError.countMismatch`, `DatasetError.labelOutOfRange`,
  ///   `DatasetError.notFinite`.
  public init(
    x: Tensor, y: Tensor? = nil, classes: [String] = [], name: String = "data", split: String = ""
  ) throws(DatasetError) {
    let sizes = x.shape.dimensions
    guard sizes.count >= 1, x.count > 0 else { throw .empty(operation: "Dataset") }
    let found = y?.count
    guard found.map({ $0 == sizes[0] }) ?? true else {
      throw .countMismatch(path: name, images: sizes[0], labels: found ?? 0)
    }
    let checked = try LabelColumn(y?.integers().map { Int($0) }, classes: classes, path: name)
    let rest = Array(sizes.dropFirst())
    try self.init(
      name: name, split: split, exampleShape: rest.isEmpty ? [1] : rest.count == 2 ? [1] + rest : rest,
      classes: checked.classes, source: "made from a tensor",
      storage: .floats(x.scalars(), examples: sizes[0], path: name),
      storedLabels: checked.labels)
  }
}
