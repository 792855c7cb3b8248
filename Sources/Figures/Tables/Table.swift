// SPDX-License-Identifier: Apache-2.0

/// Rows and columns of text and numbers, with headings.
public struct Table: Figure, Hashable {
  /// How the cells of a column stand.
  public enum Alignment: Sendable, Hashable {
    /// On the right when every cell is a number, else on the left.
    case automatic
    /// On the left.
    case left
    /// On the right.
    case right
  }

  /// One column.
  public struct Column: Sendable, Hashable {
    /// Its heading.
    public var name: String
    /// How its cells stand.
    public var alignment: Alignment
    /// Whether its cells are small pictures, which mean nothing when they are read aloud.
    public var isPicture: Bool
    /// Whether, and before which others, the column gives way where a line of text is too short for all: the highest
    /// goes first, 0 never goes.
    public var dispensability: Int

    /// Makes a column.
    public init(_ name: String, _ alignment: Alignment = .automatic, isPicture: Bool = false, dispensability: Int = 0) {
      self.name = name
      self.alignment = alignment
      self.isPicture = isPicture
      self.dispensability = dispensability
    }
  }

  /// One cell.
  public struct Cell: Sendable, Hashable, ExpressibleByStringLiteral {
    /// What it shows, one line.
    public var text: String
    /// The number that it shows, if it shows one; CSV files get it in full.
    public var number: Double?
    /// Whether it asks for attention.
    public var isWarning: Bool

    /// Makes a cell of text.
    public init(_ text: String, number: Double? = nil, isWarning: Bool = false) {
      self.text = text.onOneLine
      self.number = number
      self.isWarning = isWarning
    }

    /// Makes a cell of a number.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - decimals: Digits after the point; nil shows up to four significant digits.
    public init(_ number: Double, decimals: Int? = nil) {
      let text = decimals.map { Numerals.fixed(number, $0) } ?? Numerals.short(number)
      self.init(Numerals.typeset(text, .full), number: number)
    }

    /// Makes a cell of a whole number.
    public init(_ number: Int) {
      self.init(Numerals.typeset(String(number), .full), number: Double(number))
    }

    /// Makes a cell of text.
    public init(stringLiteral text: String) {
      self.init(text)
    }
  }

  /// Some rows under a heading of their own.
  public struct Section: Sendable, Hashable {
    /// The heading; empty for none.
    public var heading: String
    /// The rows, each with at most as many cells as there are columns.
    public var rows: [[Cell]]

    /// Makes a section.
    public init(_ heading: String = "", rows: [[Cell]] = []) {
      self.heading = heading.onOneLine
      self.rows = rows
    }
  }

  /// What the table shows; empty for none.
  public var title: String
  /// A remark at the right end of the title's line.
  public var aside: String
  /// The columns; the first one names the rows.
  public var columns: [Column]
  /// The rows.
  public var sections: [Section]
  /// Sentences below the table.
  public var notes: [String]
  /// The most rows that are shown; of more, the first and the last ones and how many are left out.
  public var rowLimit: Int

  /// Makes a table.
  public init(
    _ title: String = "", aside: String = "", columns: [Column], sections: [Section] = [], notes: [String] = [],
    rowLimit: Int = 30
  ) {
    self.title = title.onOneLine
    self.aside = aside.onOneLine
    self.columns = columns
    self.sections = sections
    self.notes = notes
    self.rowLimit = rowLimit
  }

  /// Makes a table of one section without a heading.
  public init(
    _ title: String = "", aside: String = "", columns: [Column], rows: [[Cell]], notes: [String] = [],
    rowLimit: Int = 30
  ) {
    self.init(
      title, aside: aside, columns: columns, sections: [Section(rows: rows)], notes: notes, rowLimit: rowLimit)
  }

  /// How many rows there are.
  public var rowCount: Int { sections.reduce(0) { $0 + $1.rows.count } }

  /// One sentence: the title and the size.
  public func alternativeText(_ wording: Wording) -> String {
    let names = columns.isEmpty ? "" : " (\(columns.map(\.name).joined(separator: ", ")))"
    return wording(
      "\(title.isEmpty ? "Table" : title): \(rowCount) rows, \(columns.count) columns\(names)",
      "\(title.isEmpty ? "表" : title)：\(rowCount) 行，\(columns.count) 列\(names)")
  }

  /// The cell at a place; empty where a row is shorter than the table.
  func cell(_ row: [Cell], _ column: Int) -> Cell {
    column < row.count ? row[column] : ""
  }

  /// Whether a column's cells stand on the right.
  func isRightAligned(_ column: Int) -> Bool {
    switch columns[column].alignment {
    case .left: return false
    case .right: return true
    case .automatic:
      let cells = sections.flatMap { $0.rows.map { cell($0, column) } }.filter { !$0.text.isEmpty }
      return !cells.isEmpty && cells.allSatisfy { $0.number != nil }
    }
  }

  /// The rows that are shown, nil for the gap where some are left out, section by section.
  func shownRows() -> [(section: Section, rows: [[Cell]?])] {
    let total = rowCount
    guard total > max(1, rowLimit) else { return sections.map { ($0, $0.rows) } }
    let tail = max(1, rowLimit / 5)
    let hidden = (max(1, rowLimit) - tail)..<(total - tail)
    var index = 0
    return sections.map { section in
      var rows: [[Cell]?] = []
      for row in section.rows {
        if index == hidden.lowerBound { rows.append(nil) }
        if !hidden.contains(index) { rows.append(row) }
        index += 1
      }
      return (section, rows)
    }
  }

  /// How many rows `shownRows` leaves out.
  var hiddenRowCount: Int { max(0, rowCount - max(1, rowLimit)) }
}
