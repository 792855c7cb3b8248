// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// What is said of a tensor in one line, and its values when there are few.
struct TensorLine {
  private let tensor: Tensor
  private let context: DisplayContext
  private let kind: String

  init(_ tensor: Tensor, kind: String = "Tensor", _ context: DisplayContext) {
    self.tensor = tensor.detached()
    self.context = context
    self.kind = kind
    origin = tensor.requiresGradient ? tensor.provenance : nil
  }

  /// The losses whose gradients a leaf has gathered; nil when no gradient flows through the tensor.
  private let origin: [String]?

  /// As in `Tensor [64, 100] f32  −3.69 … 3.90  mean −0.01  sd 1.00  ▁▁▂▅██▄▂▁▁`.
  ///
  /// The small picture of the values gives way where the line would be longer than the screen, a name before it included.
  var line: String {
    let whole = line(showsHistogram: true)
    let room = min(context.canvas.columns, 80) - 6
    return DisplayWidth.columns(of: whole) > room ? line(showsHistogram: false) : whole
  }

  private func line(showsHistogram: Bool) -> String {
    var parts = [head]
    if tensor.count == 0 {
      parts.append(context.language == .chinese ? "没有元素" : "no elements")
    } else if tensor.rank <= 1, tensor.count <= 8 {
      parts.append(tensor.rank == 0 ? element(0) : "[" + elements.joined(separator: ", ") + "]")
    } else if !context.isGlance || tensor.count <= Self.mostAtAGlance {
      parts += summary(showsHistogram)
    }
    if let mark = gradientMark { parts.append(mark) }
    return parts.joined(separator: "  ")
  }

  /// The line, and the values below it when there are at most 8 × 8 of them.
  var text: String {
    if tensor.rank == 0, tensor.count == 1 {
      return element(0) + (gradientMark.map { "  (\($0))" } ?? "")
    }
    guard let rows = valueRows else { return line }
    return ([line] + rows).joined(separator: "\n")
  }

  /// The most values that are walked for a glance.
  private static let mostAtAGlance = 1 << 15

  private var head: String { "\(kind) \(tensor.shape) \(tensor.dtype)" }

  private var gradientMark: String? {
    guard let origin else { return nil }
    let check = context.canvas.unicode ? "grad ✓" : "grad"
    if origin.isEmpty { return check }
    return check + (context.language == .chinese ? " 来自 " : " from ") + origin.joined(separator: ", ")
  }

  // MARK: Values

  /// The values of a matrix of at most 8 × 8, a row a line, in columns of one width.
  var valueRows: [String]? {
    guard tensor.rank == 2, tensor.count > 0, tensor.shape[0] <= 8, tensor.shape[1] <= 8 else { return nil }
    let cells = columnTexts
    let width = cells.map(\.count).max() ?? 0
    let columns = tensor.shape[1]
    return (0..<tensor.shape[0]).map { row in
      let line = cells[(row * columns)..<((row + 1) * columns)]
      return "  " + line.map { String(repeating: " ", count: width - $0.count) + $0 }.joined(separator: "  ")
    }
  }

  /// The elements with one count of decimals, as a table wants them.
  private var columnTexts: [String] {
    guard tensor.dtype == .float32 else { return elements }
    let values = tensor.scalars().map(Double.init)
    let finite = values.filter(\.isFinite)
    let largest = finite.map(\.magnitude).max() ?? 0
    guard largest < 1e5, largest == 0 || largest >= 1e-2 else { return values.map { Numbers.short($0, digits: 4) } }
    let limit = largest >= 100 ? 1 : largest >= 10 ? 2 : 4
    let decimals = (1...limit).first { decimals in
      finite.allSatisfy { Double(NumberText.fixed($0, decimals)) == Double(NumberText.fixed($0, limit)) }
    }
    return values.map { $0.isFinite ? minus(NumberText.fixed($0, decimals ?? limit)) : Numbers.short($0) }
  }

  private func minus(_ text: String) -> String { text.hasPrefix("-") ? "−" + text.dropFirst() : text }

  private var elements: [String] { (0..<tensor.count).map(element) }

  private func element(_ index: Int) -> String {
    switch tensor.dtype {
    case .float32: Numbers.short(Double(scalars[index]))
    case .int64: minus(String(tensor.integers()[index]))
    case .bool: tensor.booleans()[index] ? "True" : "False"
    }
  }

  private var scalars: [Float] { tensor.scalars() }

  // MARK: Summary

  private func summary(_ showsHistogram: Bool) -> [String] {
    let values = scalars
    if tensor.dtype == .bool {
      return ["\(values.count { $0 != 0 }) True", "\(values.count { $0 == 0 }) False"]
    }
    if values.allSatisfy({ $0 == 0 }) { return [context.language == .chinese ? "全为零" : "all zeros"] }
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return oddities(values) }
    let mean = finite.reduce(0.0) { $0 + Double($1) } / Double(finite.count)
    let square = finite.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    let deviation = finite.count > 1 ? (square / Double(finite.count - 1)).squareRoot() : 0
    func show(_ number: Double) -> String {
      tensor.count <= 64 || tensor.dtype == .int64 ? Numbers.short(number) : Numbers.fixed(number, 2)
    }
    var parts = ["\(show(Double(low))) … \(show(Double(high)))", "mean \(show(mean))", "sd \(show(deviation))"]
    if tensor.count > 64, showsHistogram, !context.canvas.reader {
      parts.append(
        Sparkline.text(Sparkline.counts(finite, from: low, to: high), unicode: context.canvas.unicode))
    }
    return parts + oddities(values)
  }

  private func oddities(_ values: [Float]) -> [String] {
    let counts = [
      ("NaN", values.count { $0.isNaN }), ("+Inf", values.count { $0 == .infinity }),
      ("−Inf", values.count { $0 == -.infinity }),
    ]
    return counts.filter { $0.1 > 0 }.map { "\($0.0) ×\($0.1)" }
  }
}
