// SPDX-License-Identifier: Apache-2.0

/// Tables of examples: a line each, the label first, then its numbers; a line of column names may come before.
///
/// A square count of numbers (784) is an image (1×28×28). Whole numbers 0 … 255 are kept as bytes.
public enum CSVFile {
  /// Reads a table, packed or not.
  ///
  /// - Throws: `DatasetError`: not there, a cell that is no number, lines of unequal length, a bad label, no lines.
  public static func read(_ path: String, name: String, split: String = "") throws(DatasetError) -> Dataset {
    var rows = CSVRows(try FileBytes.read(path), path: path)
    var labels: [Int] = []
    var numbers: [Float] = []
    var width: Int?
    while let row = try rows.next() {
      if let width, row.count != width {
        throw .badRow(path: path, line: rows.line, reason: "\(row.count) cells where the first line has \(width)")
      }
      guard row.count >= 2 else { throw .badRow(path: path, line: rows.line, reason: "a label and numbers are needed") }
      guard let label = Int(exactly: row[rows.labelColumn]) else {
        throw .badRow(path: path, line: rows.line, reason: "the label \(row[rows.labelColumn]) is not a whole number")
      }
      width = row.count
      labels.append(label)
      numbers += row[..<rows.labelColumn] + row[(rows.labelColumn + 1)...]
    }
    guard let width else { throw .nothingInside(path: path, wanted: "lines of numbers") }
    let checked = try LabelColumn(labels, classes: [], path: path)
    return Dataset(
      name: name, split: split, exampleShape: exampleShape(of: width - 1), classes: checked.classes, source: path,
      storage: try storage(of: numbers, examples: labels.count, path: path), storedLabels: checked.labels)
  }

  /// Writes a table with a line of column names: `label,pixel0,…`; packed when `path` ends in `.gz`.
  ///
  /// Stored bytes are written as whole numbers, other numbers as they are after scaling.
  ///
  /// - Throws: `DatasetError.unlabelled`, `DatasetError.unwritable`.
  public static func write(_ data: Dataset, to path: String) throws(DatasetError) {
    guard data.isLabelled else { throw .unlabelled(name: data.name) }
    var text = "label" + (0..<data.exampleSize).map { ",pixel\($0)" }.joined() + "\n"
    for index in 0..<data.count {
      text += String(data.label(of: index) ?? 0)
      if data.storage.isBytes {
        for byte in data.bytes(of: index) { text += ",\(byte)" }
      } else {
        for number in data.example(index) { text += ",\(number)" }
      }
      text += "\n"
    }
    let bytes = Array(text.utf8)
    try FileBytes.write(path.hasSuffix(".gz") ? packed(bytes, for: path) : bytes, to: path)
  }

  /// An image if the count is a square of at least 16, else a plain row.
  static func exampleShape(of count: Int) -> [Int] {
    let side = Int(Double(count).squareRoot().rounded())
    return count >= 16 && side * side == count ? [1, side, side] : [count]
  }

  /// Bytes if every number is one, else the numbers.
  static func storage(of numbers: [Float], examples: Int, path: String) throws(DatasetError) -> ExampleStorage {
    let areBytes = numbers.allSatisfy { $0 >= 0 && $0 <= 255 && $0 == $0.rounded() }
    // Rows of 0 and 1 alone are numbers, not almost black pixels.
    guard areBytes, (numbers.max() ?? 0) > 1 else {
      return try .floats(numbers, examples: examples, path: path)
    }
    return .bytes(numbers.map { UInt8($0) }, offset: 0)
  }
}

/// The lines of a table as numbers.
private struct CSVRows {
  private let bytes: [UInt8]
  private let path: String
  private var place = 0
  /// The line last read, from 1.
  private(set) var line = 0
  /// Which column holds the label.
  private(set) var labelColumn = 0

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// The next line that holds anything; nil at the end.
  mutating func next() throws(DatasetError) -> [Float]? {
    while let cells = nextLine() {
      if cells.count == 1, cells[0].isEmpty { continue }
      let numbers = cells.map(number)
      if line == 1, numbers.contains(where: { $0 == nil }) {
        labelColumn = cells.firstIndex { ["label", "class"].contains(text($0).lowercased()) } ?? 0
        continue
      }
      var row: [Float] = []
      row.reserveCapacity(cells.count)
      for (cell, number) in zip(cells, numbers) {
        guard let number else {
          throw .badRow(path: path, line: line, reason: "\"\(text(cell).prefix(20))\" is not a number")
        }
        row.append(number)
      }
      guard labelColumn < row.count else {
        throw .badRow(path: path, line: line, reason: "no cell for the label")
      }
      return row
    }
    return nil
  }

  /// The byte ranges of the next line's cells; nil at the end of the file.
  private mutating func nextLine() -> [Range<Int>]? {
    guard place < bytes.count else { return nil }
    line += 1
    var cells: [Range<Int>] = []
    var start = place
    while place < bytes.count, bytes[place] != UInt8(ascii: "\n") {
      if bytes[place] == UInt8(ascii: ",") {
        cells.append(start..<place)
        start = place + 1
      }
      place += 1
    }
    cells.append(start..<place)
    place += 1
    return cells.map(trimmed)
  }

  /// A cell without blanks, quotes and carriage returns around it.
  private func trimmed(_ cell: Range<Int>) -> Range<Int> {
    var (start, end) = (cell.lowerBound, cell.upperBound)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == UInt8(ascii: "\"")
  }

  /// A cell's number: small whole ones are read directly, since a picture has hundreds of them.
  private func number(_ cell: Range<Int>) -> Float? {
    var value = 0
    guard !cell.isEmpty else { return nil }
    for place in cell {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10, cell.count < 8 else { return Float(text(cell)) }
      value = value * 10 + Int(digit)
    }
    return Float(value)
  }

  private func text(_ cell: Range<Int>) -> String { String(decoding: bytes[cell], as: UTF8.self) }
}
