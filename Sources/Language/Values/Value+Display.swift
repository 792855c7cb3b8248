// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// What a statement that consists of the value shows.
  public func display(_ context: DisplayContext) -> Display {
    switch self {
    case .host(let object): return object.display(context)
    case .tuple, .list, .record:
      let lines = TextLayout.wrapped(line(context), columns: context.canvas.columns, indent: 1)
      return Display(lines.joined(separator: "\n"))
    default: return Display(line(context))
    }
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
    default: ValuePrinter.text(of: self, full: false)
    }
  }

  /// What `print` and f-strings show: a string as it stands, anything else as text.
  public var printed: String {
    switch self {
    case .string(let text): text
    case .host(let object): object.display(DisplayContext()).plain
    default: ValuePrinter.text(of: self, full: true)
    }
  }

  /// The value as it would be typed, where that is possible; long lists in full, up to a few megabytes.
  public var literalText: String { ValuePrinter.text(of: self, full: true) }

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
