// SPDX-License-Identifier: Apache-2.0
public import Language
import QualityMetrics

/// A measured figure with its standard error; wherever a number is wanted it is the figure alone.
public final class EstimateObject: HostObject {
  private let figure: Double
  /// Estimated only when somebody looks: conditions ask for the figure alone.
  private lazy var error = estimateError()
  private let estimateError: () -> Double

  init(_ figure: Double, error: @autoclosure @escaping () -> Double) {
    self.figure = figure
    estimateError = error
  }

  convenience init(_ estimate: Estimate) { self.init(estimate.value, error: estimate.standardError) }

  /// The name of the type.
  public static var typeName: String { "Estimate" }

  /// The figure and its error.
  public static let fields: [Field<EstimateObject>] = [
    Field("value", Text("The figure.", zh: "数值。")) { $0.figure },
    Field("error", Text("Its standard error.", zh: "标准误。")) { $0.error },
  ]

  /// A figure is a value.
  public var isReference: Bool { false }

  /// The figure.
  public var number: Double? { figure }

  /// It is one.
  public var isNumber: Bool { true }

  /// As numbers: all but 0.
  public func truth(_ call: Call) throws -> Bool { figure != 0 }

  /// Whether the figures are equal.
  public func equals(_ other: any HostObject) -> Bool {
    (other as? EstimateObject)?.figure == figure
  }

  /// As in `0.776 ± 0.019`.
  public func line(_ context: DisplayContext) -> String {
    Numbers.measured(figure, error: error)
  }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// The line.
  public var brief: String { Numbers.measured(figure, error: error) }
}
