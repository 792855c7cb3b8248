// SPDX-License-Identifier: Apache-2.0

/// A folder with the four files of an MNIST-like set, packed or not.
public enum IDXFolder {
  /// The published names of the two files of a split, without `.gz`.
  static func fileNames(split: String) -> (images: String, labels: String)? {
    switch split {
    case "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte")
    case "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
    default: nil
    }
  }

  /// The path of a file that stands in the folder as it is, packed, or with a dot for the last hyphen.
  static func path(of name: String, in folder: String) -> String? {
    let dotted = name.replacingLast("-idx", by: ".idx")
    return [name, name + ".gz", dotted, dotted + ".gz"].lazy.map { folder + "/" + $0 }
      .first { FileBytes.kind(of: $0) == .file }
  }

  /// Whether the folder holds both files of a split.
  public static func holds(split: String, in folder: String) -> Bool {
    guard let names = fileNames(split: split) else { return false }
    return path(of: names.images, in: folder) != nil && path(of: names.labels, in: folder) != nil
  }

  /// Reads a split.
  ///
  /// - Parameters:
  ///   - folder: Where the files are.
  ///   - split: `train` or `test`.
  ///   - name: What the data set shall be called.
  ///   - classes: The names of the classes; found from the labels when empty.
  ///   - source: Where the set comes from, for captions; the folder if nil.
  /// - Returns: The examples with their labels.
  /// - Throws: `DatasetError`: a file that is missing or broken, counts that differ.
  public static func read(
    _ folder: String, split: String, name: String, classes: [String] = [], source: String? = nil
  ) throws(DatasetError) -> Dataset {
    guard let names = fileNames(split: split) else {
      throw .invalid(argument: "split", value: "\"\(split)\"", allowed: "\"train\" or \"test\"")
    }
    guard let images = path(of: names.images, in: folder) else { throw .notFound(path: folder + "/" + names.images) }
    guard let labels = path(of: names.labels, in: folder) else { throw .notFound(path: folder + "/" + names.labels) }
    return try Dataset(
      images: IDXFile(path: images), labels: IDXFile(path: labels), path: images, name: name, split: split,
      classes: classes, source: source ?? folder)
  }

  /// Writes a data set as two IDX files, named as MNIST's; packed if `isPacked`.
  ///
  /// Pixels are written as bytes; a split other than `test` is written as `train`.
  ///
  /// - Throws: `DatasetError.unlabelled`, `DatasetError.unwritable`, `DatasetError.invalid` for labels above 255.
  public static func write(_ data: Dataset, to folder: String, isPacked: Bool = true) throws(DatasetError) {
    guard data.isLabelled else { throw .unlabelled(name: data.name) }
    try FileBytes.makeFolder(folder)
    guard let names = fileNames(split: data.split == "test" ? "test" : "train") else { return }
    let ending = isPacked ? ".gz" : ""
    let pixels = (0..<data.count).flatMap { data.bytes(of: $0) }
    let sizes = data.exampleShape.first == 1 ? Array(data.exampleShape.dropFirst()) : data.exampleShape
    try IDXFile(bytes: pixels, dimensions: [data.count] + sizes).write(to: folder + "/" + names.images + ending)
    var labels: [UInt8] = []
    for (row, label) in data.labels.enumerated() {
      guard let byte = UInt8(exactly: label) else {
        throw .labelOutOfRange(path: names.labels, row: row, label: label, classes: 256)
      }
      labels.append(byte)
    }
    try IDXFile(bytes: labels, dimensions: [data.count]).write(to: folder + "/" + names.labels + ending)
  }
}

extension Dataset {
  /// Images and labels from two files; `path` names them in errors.
  init(
    images: IDXFile, labels: IDXFile?, path: String, name: String, split: String, classes: [String], source: String
  ) throws(DatasetError) {
    guard images.dimensions.count >= 2, images.dimensions.allSatisfy({ $0 > 0 }) else {
      throw .nothingInside(path: path, wanted: "images: its dimensions are \(images.dimensions)")
    }
    let count = images.dimensions[0]
    let found = labels?.dimensions[0]
    guard found.map({ $0 == count }) ?? true, labels?.dimensions.count ?? 1 == 1 else {
      throw .countMismatch(path: path, images: count, labels: found ?? 0)
    }
    let sizes = Array(images.dimensions.dropFirst())
    let isByte = images.element == .unsignedByte
    let checked = try LabelColumn(labels?.floats.map(Int.init(clamping:)), classes: classes, path: path)
    try self.init(
      name: name, split: split, exampleShape: sizes.count == 2 ? [1] + sizes : sizes, classes: checked.classes,
      source: source,
      storage: isByte
        ? .bytes(images.contents, offset: images.payloadStart) : .floats(images.floats, examples: count, path: path),
      storedLabels: checked.labels)
  }
}

extension Int {
  /// The whole number nearest to `number`, or the nearest that an `Int` holds; 0 for NaN.
  init(clamping number: Float) {
    self = number.isNaN ? 0 : number >= 0x1p62 ? .max : number <= -0x1p62 ? .min : Int(number)
  }
}

extension String {
  /// The text with the last occurrence of `part` replaced; itself if there is none.
  fileprivate func replacingLast(_ part: String, by other: String) -> String {
    var start = endIndex
    while start > startIndex {
      start = index(before: start)
      if self[start...].hasPrefix(part) {
        return self[..<start] + other + self[index(start, offsetBy: part.count)...]
      }
    }
    return self
  }
}
