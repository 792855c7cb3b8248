// SPDX-License-Identifier: Apache-2.0

extension Dataset {
  /// The examples of both, these first.
  ///
  /// Bytes with the same scale stay bytes; otherwise the scaled numbers are kept. Labels stay when both have them and
  /// agree on the classes' names (the longer list, if one continues the other).
  ///
  /// - Throws: `DatasetError.shapeMismatch` if the examples differ in shape.
  public func concatenated(with other: Dataset) throws(DatasetError) -> Dataset {
    guard exampleShape == other.exampleShape else {
      throw .shapeMismatch(operation: "+", left: exampleShape, right: other.exampleShape)
    }
    let (short, long) = classes.count < other.classes.count ? (classes, other.classes) : (other.classes, classes)
    let isNamedAlike = Array(long.prefix(short.count)) == short
    let isLabelled = self.isLabelled && other.isLabelled && isNamedAlike
    let isSameScale = storage.isBytes && other.storage.isBytes && normalizations == other.normalizations
    return Dataset(
      name: name == other.name ? name : "\(name) + \(other.name)", split: split == other.split ? split : "",
      exampleShape: exampleShape, classes: isLabelled ? long : [],
      source: source == other.source ? source : "\(source) + \(other.source)",
      cuts: cuts == other.cuts ? cuts : ["\(count) + \(other.count)"],
      normalizations: isSameScale ? normalizations : [],
      storage: isSameScale
        ? .bytes(allBytes + other.allBytes, offset: 0) : .floats(allNumbers + other.allNumbers),
      storedLabels: isLabelled ? (labels + other.labels).map(Int32.init) : nil)
  }

  /// The stored bytes of all examples, in order.
  private var allBytes: [UInt8] { (0..<count).flatMap { bytes(of: $0) } }

  /// The scaled numbers of all examples, in order.
  private var allNumbers: [Float] {
    [Float](unsafeUninitializedCapacity: count * exampleSize) { buffer, filled in
      gather(0..<count, to: buffer)
      filled = count * exampleSize
    }
  }
}
