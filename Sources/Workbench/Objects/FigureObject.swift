// SPDX-License-Identifier: Apache-2.0
import Figures
public import Language

/// A chart or another figure as a value of the language.
public final class FigureObject: HostObject {
  /// What is drawn.
  let figure: any Figure
  /// Whether notebooks get a form of it in which one can zoom.
  private let isInteractive: Bool

  /// Wraps a figure.
  init(_ figure: any Figure, isInteractive: Bool = false) {
    self.figure = figure
    self.isInteractive = isInteractive
  }

  /// The name of the type.
  public static var typeName: String { "Plot" }

  /// What can be asked of a figure behind a dot.
  public static let fields: [Field<FigureObject>] = [
    Field("alt", Text("What is to be seen, in words.", zh: "图中内容的文字说明。")) { $0.figure.alternativeText }
  ]

  /// A figure is a value.
  public var isReference: Bool { false }

  /// What is to be seen, cut to one line.
  public func line(_ context: DisplayContext) -> String {
    ("Plot  " + figure.alternativeText(context.wording)).cut(to: 76, ellipsis: context.canvas.unicode ? "…" : "...")
  }

  /// The figure.
  public func display(_ context: DisplayContext) -> Display {
    FigureDisplay.of(figure, context, isInteractive: isInteractive)
  }
}

/// A live object that can be drawn beside others.
protocol FigureConvertible: HostObject {
  /// The figure that shows the object.
  func figure(_ context: DisplayContext) -> any Figure
}

extension FigureObject: FigureConvertible {
  func figure(_ context: DisplayContext) -> any Figure { figure }
}

/// A live object that `plot` draws as lines.
protocol Plottable: HostObject {
  /// The lines.
  func lineChart(_ context: DisplayContext) throws -> LineChart
}
