// SPDX-License-Identifier: Apache-2.0
public import Generative
public import Language

/// What a command of several steps did, as a value of the language: its figures are fields.
public final class ReportObject: HostObject {
  /// The figures of the last step.
  public let values: [NamedValue]
  /// The step after which they were measured.
  public let step: Int
  /// The standard errors of those figures that have one.
  let errors: [String: Double]
  private let summary: Text

  /// Makes a report with the line that is shown.
  public convenience init(_ values: [NamedValue], step: Int, summary: Text) {
    self.init(values, errors: [:], step: step, summary: summary)
  }

  init(_ values: [NamedValue], errors: [String: Double], step: Int, summary: Text) {
    self.values = values
    self.errors = errors
    self.step = step
    self.summary = summary
  }

  /// The name of the type.
  public static var typeName: String { "Report" }

  /// What can be asked of a report behind a dot, beside its figures.
  public static let fields: [Field<ReportObject>] = [
    Field("step", Text("The step after which it was measured.", zh: "测量时的步数。")) { $0.step }
  ]

  /// A report is a value.
  public var isReference: Bool { false }

  /// The figures of the last step.
  public var ownFieldNames: [String] { values.map(\.name) }

  /// A figure.
  public func ownField(_ name: String, _ call: Call) throws -> Value? {
    values.first { $0.name == name }.map { figure in
      errors[name].map { EstimateObject(figure.value, error: $0).value } ?? .float(figure.value)
    }
  }

  /// A figure by its name, for names such as `D(x)`.
  public func subscripted(_ subscripts: [Subscript], _ call: Call) throws -> Value? {
    guard subscripts.count == 1, case .index(let value) = subscripts[0], let name = String.convert(value) else {
      return nil
    }
    guard let figure = try ownField(name, call) else {
      throw TableFault.unknownColumn(name, columns: ownFieldNames)
    }
    return figure
  }

  /// What was done and the last figures.
  public func line(_ context: DisplayContext) -> String { summary(context.language) }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }
}
