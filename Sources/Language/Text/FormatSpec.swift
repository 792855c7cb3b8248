// SPDX-License-Identifier: Apache-2.0

/// How an f-string shows a value: `[[fill]align][sign][width][,][.precision][d f e g % s]`, as in Python.
struct FormatSpec: Sendable, Hashable {
  enum Alignment: Character, Sendable { case left = "<", right = ">", centre = "^" }

  /// The widest field and the most digits that are taken, so that a slip of the finger cannot fill the memory.
  private static let limit = 1000

  private(set) var fill: Character = " "
  private(set) var alignment: Alignment?
  private(set) var sign: Character = "-"
  private(set) var width = 0
  private(set) var groupsDigits = false
  private(set) var precision: Int?
  private(set) var conversion: Character?
  private var padsWithZeros = false

  /// Reads a spec; nil when it is not one.
  init?(_ text: String) {
    var rest = Substring(text)
    if let second = rest.dropFirst().first, let alignment = Alignment(rawValue: second), let first = rest.first {
      fill = first
      self.alignment = alignment
      rest = rest.dropFirst(2)
    } else if let first = rest.first, let alignment = Alignment(rawValue: first) {
      self.alignment = alignment
      rest = rest.dropFirst()
    }
    if let first = rest.first, "+- ".contains(first) {
      sign = first
      rest = rest.dropFirst()
    }
    if rest.first == "0" { padsWithZeros = true }
    guard let width = Self.number(&rest) else { return nil }
    self.width = width
    if rest.first == "," {
      groupsDigits = true
      rest = rest.dropFirst()
    }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard rest.first?.isASCII == true, rest.first?.isNumber == true, let digits = Self.number(&rest) else {
        return nil
      }
      precision = digits
    }
    if let last = rest.first, "dfeg%s".contains(last) {
      conversion = last
      rest = rest.dropFirst()
    }
    guard rest.isEmpty else { return nil }
  }

  /// Reads digits; 0 when there are none, nil beyond the limit.
  private static func number(_ text: inout Substring) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    text = text.dropFirst(digits.count)
    if digits.isEmpty { return 0 }
    guard let number = Int(digits), number <= limit else { return nil }
    return number
  }

  /// Whether only numbers can be shown this way.
  var needsNumber: Bool { "dfeg%".contains(conversion ?? "s") || groupsDigits || sign != "-" }

  /// Whether a whole number keeps its digits.
  var showsWholeNumbers: Bool { conversion == "d" || (conversion == nil && precision == nil) }

  // MARK: Formatting

  /// The text of a string in its field.
  func format(_ text: String) -> String {
    padded(precision.map { String(text.prefix($0)) } ?? text, by: alignment ?? .left)
  }

  /// The text of a whole number in its field.
  func format(_ number: Int) -> String {
    guard showsWholeNumbers else { return format(Double(number)) }
    return framed(String(number.magnitude), isNegative: number < 0)
  }

  /// The text of a number in its field.
  func format(_ number: Double) -> String {
    let size = number.magnitude
    let digits: String
    switch conversion {
    case "f": digits = NumberText.fixed(size, precision ?? 6)
    case "e": digits = NumberText.scientific(size, precision ?? 6)
    case "%": digits = NumberText.fixed(size * 100, precision ?? 6) + "%"
    case "d": digits = NumberText.fixed(size, 0)
    case "g": digits = NumberText.general(size, precision ?? 6)
    default: digits = precision.map { NumberText.general(size, $0) } ?? NumberText.shortest(size)
    }
    return framed(digits, isNegative: number.sign == .minus && !number.isNaN)
  }

  /// Sign, groups of three and padding around the digits.
  private func framed(_ digits: String, isNegative: Bool) -> String {
    let sign = isNegative ? "-" : (self.sign == "-" ? "" : String(self.sign))
    var body = groupsDigits ? Self.grouped(digits) : digits
    if padsWithZeros, alignment == nil {
      body = String(repeating: "0", count: max(0, width - sign.count - body.count)) + body
    }
    return padded(sign + body, by: alignment ?? .right)
  }

  private static func grouped(_ digits: String) -> String {
    let whole = digits.prefix { $0.isNumber }
    var grouped = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { grouped.append(",") }
      grouped.append(digit)
    }
    return grouped + digits.dropFirst(whole.count)
  }

  private func padded(_ text: String, by alignment: Alignment) -> String {
    let missing = max(0, width - DisplayWidth.columns(of: text))
    let left =
      switch alignment {
      case .left: 0
      case .right: missing
      case .centre: missing / 2
      }
    return String(repeating: fill, count: left) + text + String(repeating: fill, count: missing - left)
  }
}
