// SPDX-License-Identifier: Apache-2.0

/// Writes values as text, up to a limit.
struct ValuePrinter {
  /// The most bytes that are written before the rest is left out.
  private static let byteLimit = 4_000_000

  /// How many items of each list are written.
  private let itemLimit: Int
  private(set) var text = ""

  /// Writes every item, or just the first ten of each list.
  init(full: Bool) { itemLimit = full ? .max : 10 }

  /// The value as it would be typed, where that is possible.
  static func text(of value: Value, full: Bool) -> String {
    var printer = ValuePrinter(full: full)
    printer.write(value)
    return printer.text
  }

  private mutating func write(_ value: Value) {
    switch value {
    case .nothing: text += "None"
    case .bool(let flag): text += flag ? "True" : "False"
    case .int(let number): text += "\(number)"
    case .float(let number): text += NumberText.shortest(number)
    case .string(let string): text += Value.quoted(string)
    case .tuple(let items):
      write("(", items, items.count == 1 ? ",)" : ")")
    case .list(let items): write("[", items, "]")
    case .record(let record): write(record)
    case .function(let function): text += function.name ?? function.signature
    case .host(let object): write(object)
    }
  }

  private mutating func write(_ open: String, _ items: [Value], _ close: String) {
    text += open
    for (index, item) in items.enumerated() {
      guard continues(at: index, of: items.count) else { break }
      write(item)
    }
    text += close
  }

  private mutating func write(_ record: Record) {
    text += "("
    for index in 0..<record.count {
      guard continues(at: index, of: record.count) else { break }
      text += record.names[index] + "="
      write(record.values[index])
    }
    text += ")"
  }

  /// Writes what stands before an item; false when the items from here on are left out.
  private mutating func continues(at index: Int, of count: Int) -> Bool {
    guard index < itemLimit, text.utf8.count < Self.byteLimit else {
      text += " … \(count - index) more"
      return false
    }
    if index > 0 { text += ", " }
    return true
  }

  /// A host object inside a list.
  private mutating func write(_ object: any HostObject) {
    if object.isNumber {
      text += object.brief
    } else if let number = object.number {
      text += NumberText.shortest(number)
    } else {
      text += object.brief == object.typeName ? object.typeName : "\(object.typeName) \(object.brief)"
    }
  }
}
