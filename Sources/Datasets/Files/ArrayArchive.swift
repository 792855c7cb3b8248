// SPDX-License-Identifier: Apache-2.0
import TensorFiles
import Tensors

/// Data sets as NumPy archives (`.npz`): an array `images`, and `labels` if there are any.
///
/// Also read under the names `x` and `y`, or `x_train`, `y_train`, `x_test`, `y_test` as Keras has them.
public enum ArrayArchive {
  /// Reads images [count, height, width] or [count, channel, height, width], or rows of numbers.
  ///
  /// Bytes are kept as bytes, meant as 0 … 1; other numbers are taken as they are.
  ///
  /// - Throws: `DatasetError`: not there, broken, no images, counts that differ, bad labels.
  public static func read(_ path: String, name: String, split: String = "") throws(DatasetError) -> Dataset {
    guard FileBytes.kind(of: path) == .file else { throw .notFound(path: path) }
    let arrays = try archive(path)
    let suffix = split == "test" ? "_test" : "_train"
    guard let images = first(of: ["images", "x", "x" + suffix, "images" + suffix], in: arrays) else {
      let found = arrays.map(\.name).joined(separator: ", ")
      throw .badArray(path: path, array: "images", reason: "not there; the archive holds \(found)")
    }
    let sizes = images.array.shape.dimensions
    guard sizes.count >= 2, sizes.allSatisfy({ $0 > 0 }), (product(sizes) ?? .max) <= FileBytes.sizeLimit else {
      throw .badArray(path: path, array: images.name, reason: "its shape is \(images.array.shape)")
    }
    let labels = try first(of: ["labels", "y", "y" + suffix, "labels" + suffix], in: arrays).map {
      (found) throws(DatasetError) in
      try numbers(of: found.array, named: found.name, path: path).integers().map { Int($0) }
    }
    guard labels.map({ $0.count == sizes[0] }) ?? true else {
      throw .countMismatch(path: path, images: sizes[0], labels: labels?.count ?? 0)
    }
    let checked = try LabelColumn(labels, classes: [], path: path)
    let shape = Array(sizes.dropFirst())
    return Dataset(
      name: name, split: split, exampleShape: shape.count == 2 ? [1] + shape : shape, classes: checked.classes,
      source: path, storage: try storage(of: images.array, named: images.name, path: path),
      storedLabels: checked.labels)
  }

  /// Writes `images` and, if there are labels, `labels`; one channel is written without an axis of its own.
  ///
  /// Stored bytes are written as bytes. Other images are written as float32, those of −1 … 1 brought to 0 … 1.
  ///
  /// - Throws: `DatasetError.unwritable`.
  public static func write(_ data: Dataset, to path: String, compressing: Bool = true) throws(DatasetError) {
    let shape =
      data.exampleShape.count == 3 && data.exampleShape[0] == 1
      ? Array(data.exampleShape.dropFirst()) : data.exampleShape
    let whole = Shape([data.count] + shape)
    do {
      var file = NPZFile()
      if data.storage.isBytes {
        let pixels = (0..<data.count).flatMap { data.bytes(of: $0) }
        file.arrays.append(("images", try NumPyArray(type: .uint8, shape: whole, bytes: pixels)))
      } else {
        let range = data.valueRange
        let isSymmetric = data.isImages && range.lower < 0 && ValueRange.symmetric.contains(range)
        let numbers = try data.x().scalars().map { isSymmetric ? ($0 + 1) / 2 : $0 }
        file.arrays.append(("images", NumPyArray(try Tensor(numbers, shape: whole))))
      }
      if data.isLabelled { file.arrays.append(("labels", NumPyArray(try data.y()))) }
      try file.write(to: path, compressing: compressing)
    } catch {
      throw .unwritable(path: path, reason: "\(error)")
    }
  }

  private static func archive(_ path: String) throws(DatasetError) -> [(name: String, array: NumPyArray)] {
    do {
      return try NPZFile(contentsOf: path).arrays
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  private static func first(
    of names: [String], in arrays: [(name: String, array: NumPyArray)]
  ) -> (name: String, array: NumPyArray)? {
    names.lazy.compactMap { name in arrays.first { $0.name == name } }.first
  }

  private static func storage(
    of array: NumPyArray, named name: String, path: String
  ) throws(DatasetError) -> ExampleStorage {
    if array.type == .uint8 { return .bytes(array.bytes, offset: 0) }
    let numbers = try numbers(of: array, named: name, path: path)
    return try .floats(numbers.scalars(), examples: numbers.shape.dimensions.first ?? 0, path: path)
  }

  private static func numbers(
    of array: NumPyArray, named name: String, path: String
  ) throws(DatasetError) -> Tensor {
    do {
      return try array.tensor()
    } catch {
      throw .badArray(path: path, array: name, reason: "\(error)")
    }
  }
}
