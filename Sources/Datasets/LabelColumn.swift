// SPDX-License-Identifier: Apache-2.0

/// Labels that are known to lie in 0 ..< the number of classes.
struct LabelColumn {
  let labels: [Int32]?
  let classes: [String]

  /// More classes than any set of this size has: a file of other numbers is not taken for labels.
  static let classLimit = 100_000

  /// Checks labels; without class names there are as many classes as the largest label asks for.
  init(_ numbers: [Int]?, classes names: [String], path: String) throws(DatasetError) {
    guard let numbers else {
      labels = nil
      classes = []
      return
    }
    let limit = names.isEmpty ? Self.classLimit : names.count
    for (row, label) in numbers.enumerated() where label < 0 || label >= limit {
      throw .labelOutOfRange(path: path, row: row, label: label, classes: limit)
    }
    labels = numbers.map(Int32.init)
    classes = names.isEmpty ? (0...(numbers.max() ?? 0)).map(String.init) : names
  }
}
