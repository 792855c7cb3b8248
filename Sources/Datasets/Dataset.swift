// SPDX-License-Identifier: Apache-2.0

/// Examples with their labels: a value that is cheap to copy and to cut.
///
/// Pixels stay bytes (0 … 255, meant as 0 … 1) in one shared block; a cut holds row numbers alone. The scale is
/// applied when a batch is gathered, straight into float32. Images are [channel, height, width], points are [2].
public struct Dataset: Sendable {
  /// The name it is found under, as `fashion-mnist`.
  public internal(set) var name: String
  /// Which part of the published set: `train`, `test`, or empty.
  public internal(set) var split: String
  /// The shape of one example: [channel, height, width] for images.
  public let exampleShape: [Int]
  /// The names of the classes, in the order of their labels; empty without labels.
  public internal(set) var classes: [String]
  /// Where it comes from, in a few words for captions.
  public internal(set) var source: String
  /// How it was cut, in order, as `first 6000` or `10 per class`.
  public internal(set) var cuts: [String]
  /// The changes of scale, in the order in which they are applied.
  public private(set) var normalizations: [Normalization]

  let storage: ExampleStorage
  /// The labels of all stored rows, or nil.
  let storedLabels: [Int32]?
  /// The stored rows that belong to this cut, or nil for all.
  var rows: [Int]?

  init(
    name: String, split: String = "", exampleShape: [Int], classes: [String] = [], source: String = "",
    cuts: [String] = [], normalizations: [Normalization] = [], storage: ExampleStorage, storedLabels: [Int32]?,
    rows: [Int]? = nil
  ) {
    let size = exampleShape.reduce(1, *)
    precondition(size > 0 && storage.count % size == 0, "The storage must hold whole examples.")
    precondition(storedLabels.map { $0.count * size == storage.count } ?? true, "Each example has one label.")
    self.name = name
    self.split = split
    self.exampleShape = exampleShape
    self.classes = classes
    self.source = source
    self.cuts = cuts
    self.normalizations = normalizations
    self.storage = storage
    self.storedLabels = storedLabels
    self.rows = rows
  }

  /// How many numbers one example has.
  public var exampleSize: Int { exampleShape.reduce(1, *) }

  /// How many examples there are.
  public var count: Int { rows?.count ?? storage.count / exampleSize }

  /// Whether there is no example.
  public var isEmpty: Bool { count == 0 }

  /// Whether examples carry labels.
  public var isLabelled: Bool { storedLabels != nil }

  /// Whether examples are images, as against points or feature rows.
  public var isImages: Bool { exampleShape.count == 3 }

  /// Whether it is a part of the published set, or its examples in another order.
  public var isCut: Bool { rows != nil }

  /// The row in the whole published set that example `index` comes from.
  ///
  /// Stays the same through every cut, so that a leak between two cuts can be found.
  public func sourceRow(of index: Int) -> Int { rows?[index] ?? index }

  /// The labels of all examples, in order; empty without labels.
  public var labels: [Int] {
    guard let storedLabels else { return [] }
    guard let rows else { return storedLabels.map(Int.init) }
    return rows.map { Int(storedLabels[$0]) }
  }

  /// The label of one example, or nil without labels.
  public func label(of index: Int) -> Int? { storedLabels.map { Int($0[sourceRow(of: index)]) } }

  /// The smallest and largest value an example may hold after all changes of scale.
  ///
  /// Images that are not stored as bytes may by chance hold neither black nor white: theirs is 0 … 1 or −1 … 1 all the
  /// same if they stay inside, so that nothing is stretched that was not meant to be.
  public var valueRange: ValueRange {
    let bounds = storage.bounds
    let range = ValueRange(scaled(bounds.lower), scaled(bounds.upper))
    guard isImages, !storage.isBytes else { return range }
    return [.unit, .symmetric].first { $0.contains(range) } ?? range
  }

  /// One number after all changes of scale.
  func scaled(_ number: Float) -> Float { normalizations.reduce(number) { $1($0) } }

  /// The same examples, scaled by (x − mean) / deviation.
  ///
  /// - Throws: `DatasetError.invalid` if `deviation` is 0 or a number is not finite.
  public func normalized(mean: Float, deviation: Float) throws(DatasetError) -> Dataset {
    adding(try Normalization(mean: mean, deviation: deviation))
  }

  /// The same examples, scaled by x · deviation + mean.
  ///
  /// - Throws: `DatasetError.invalid` if `deviation` is 0 or a number is not finite.
  public func denormalized(mean: Float, deviation: Float) throws(DatasetError) -> Dataset {
    adding(try Normalization(mean: mean, deviation: deviation, isInverse: true))
  }

  private func adding(_ normalization: Normalization) -> Dataset {
    var copy = self
    if let last = normalizations.last, last.mean == normalization.mean, last.deviation == normalization.deviation,
      last.isInverse != normalization.isInverse
    {
      copy.normalizations.removeLast()
    } else {
      copy.normalizations.append(normalization)
    }
    return copy
  }

  /// The same examples as they are stored, without any change of scale.
  public var unscaled: Dataset {
    var copy = self
    copy.normalizations = []
    return copy
  }

  /// The same examples in the scale of another set; nil where they are in that scale, or where that cannot be told.
  ///
  /// Only images stored as bytes say how their numbers came about.
  public func scaled(as other: Dataset) -> Dataset? {
    guard storage.isBytes, other.storage.isBytes, ends != other.ends else { return nil }
    var copy = self
    copy.normalizations = other.normalizations
    return copy
  }

  /// What becomes of 0 and of 1: changes of scale that agree on both are one and the same.
  private var ends: [Float] { [0, 1].map { end in normalizations.reduce(end) { $1($0) } } }

  /// The same examples under another name.
  public func named(_ name: String) -> Dataset {
    var copy = self
    copy.name = name
    return copy
  }

  /// The same examples without labels.
  public var withoutLabels: Dataset {
    Dataset(
      name: name, split: split, exampleShape: exampleShape, classes: [], source: source, cuts: cuts,
      normalizations: normalizations, storage: storage, storedLabels: nil, rows: rows)
  }
}

extension Dataset: CustomStringConvertible {
  /// One line: `Dataset mnist/train  60000 × [1, 28, 28] f32  −1 … 1  10 classes`.
  public var description: String {
    let place = split.isEmpty ? name : "\(name)/\(split)"
    let labelled = isLabelled ? "  \(classes.count) classes" : "  no labels"
    return "Dataset \(place)  \(count) × \(exampleShape) f32  \(valueRange)\(labelled)"
  }
}
