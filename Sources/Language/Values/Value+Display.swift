// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// How many items of a list are shown.
  private static let shownItems = 10

  /// What a statement that consists of the value shows.
  public func display(_ context: DisplayContext) -> Display {
    if case .host(let object) = self { return object.display(context) }
    return Display(line(context))
  }

  /// What an assignment echoes behind `name: `.
  public func echo(_ context: DisplayContext) -> Display {
    if case .host(let object) = self { return object.echo(context) }
    return Display(line(context))
  }

  /// The value in one line.
  public func line(_ context: DisplayContext) -> String {
    switch self {
    case .host(let object): object.line(context)
    case .string: literalText
    case .function(let function): "Function \(function.signature)"
    default: shown(full: false)
    }
  }

  /// What `print` and f-strings show: a string as it stands, anything else as text.
  public var printed: String {
    switch self {
    case .string(let text): text
    case .host(let object): object.display(DisplayContext()).plain
    default: shown(full: true)
    }
  }

  /// The value as it would be typed, where that is possible; long lists in full.
  public var literalText: String { shown(full: true) }

  private func shown(full: Bool) -> String {
    switch self {
    case .nothing: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .int(let number): "\(number)"
    case .float(let number): NumberText.shortest(number)
    case .string(let text): Self.quoted(text)
    case .tuple(let items): "(\(Self.items(items, full))\(items.count == 1 ? "," : ""))"
    case .list(let items): "[\(Self.items(items, full))]"
    case .record(let record): "(\(Self.fields(record, full)))"
    case .function(let function): function.name ?? function.signature
    case .host(let object): Self.inline(object)
    }
  }

  /// A host object inside a list.
  private static func inline(_ object: any HostObject) -> String {
    if let number = object.number { return NumberText.shortest(number) }
    return object.brief == object.typeName ? object.typeName : "\(object.typeName) \(object.brief)"
  }

  private static func items(_ items: [Value], _ full: Bool) -> String {
    let shown = full ? items[...] : items.prefix(shownItems)
    let rest = items.count > shown.count ? [" … \(items.count - shown.count) more"] : []
    return shown.map { $0.shown(full: full) }.joined(separator: ", ") + rest.joined()
  }

  private static func fields(_ record: Record, _ full: Bool) -> String {
    let count = full ? record.count : min(record.count, shownItems)
    let fields = (0..<count).map { "\(record.names[$0])=\(record.values[$0].shown(full: full))" }
    return fields.joined(separator: ", ") + (record.count > count ? " … \(record.count - count) more" : "")
  }

  /// The text as a literal of the language.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case "\r": quoted += "\\r"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: quoted += "\\u{\(String(scalar.value, radix: 16))}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
