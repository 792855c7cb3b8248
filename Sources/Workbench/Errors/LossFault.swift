// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// Two shapes that a loss cannot compare, with what is known of the two tensors.
struct LossFault: Error {
  /// The loss: `bce`.
  let loss: String
  let input: Shape
  let target: Shape
  /// The shape of the input before the reshaping that made it what it is.
  let inputBefore: Shape?
  /// The one value that all elements of the target have.
  let targetValue: Float?
  /// The call in the source: the loss and its two arguments as they were typed.
  let typed: (callee: String, input: String, target: String)?

  init(_ loss: String, _ input: Tensor, _ target: Tensor, _ call: Call) {
    self.loss = loss
    self.input = input.shape
    self.target = target.shape
    inputBefore = input.graph.flatMap { $0.operation == "reshape" ? $0.inputs.first??.shape : nil }
    let values = target.scalars()
    targetValue = values.first.flatMap { first in values.allSatisfy { $0 == first } ? first : nil }
    if let site = call.site, let first = call.argumentText(0), let second = call.argumentText(1) {
      typed = (site.source.text(of: site.callee), first, second)
    } else {
      typed = nil
    }
  }

  var diagnostic: Diagnostic {
    Diagnostic(
      .shape, Text("\(loss)(input, target) needs equal shapes", zh: "\(loss)(input, target) 要求形状相同"),
      labels: [
        .init(.argument("input"), Text("input \(input)", zh: "input \(input)")),
        .init(.argument("target"), Text("target \(target)", zh: "target \(target)")),
      ], notes: [note], help: help)
  }

  private var note: Text {
    guard let pairs = Self.pairs(input, target) else {
      return Text("\(loss) compares element by element and never broadcasts.", zh: "\(loss) 逐元素比较，从不广播。")
    }
    return Text(
      "\(loss) compares element by element and never broadcasts: \(input) with \(target) would pair all \(pairs).",
      zh: "\(loss) 逐元素比较，从不广播：\(input) 与 \(target) 会两两配对成 \(pairs) 个。")
  }

  /// `64×64`, when broadcasting would pair every element with every other.
  private static func pairs(_ a: Shape, _ b: Shape) -> String? {
    guard a.count == b.count, a.count > 1, a.rank != b.rank, min(a.rank, b.rank) == 1 else { return nil }
    return "\(a.count)×\(b.count)"
  }

  private var help: [Diagnostic.Help] {
    guard let typed, input.count == target.count || targetValue != nil else { return [] }
    var help: [Diagnostic.Help] = []
    let bare = Self.withoutReshaping(typed.input)
    if let bare, inputBefore == target {
      help.append(
        .init(
          code: "\(typed.callee)(\(bare), \(typed.target))",
          Text("\(bare) is already \(target)", zh: "\(bare) 已经是 \(target)")))
    }
    help.append(.init(code: "\(typed.callee)(\(typed.input), \(newTarget(typed.target)))"))
    return help
  }

  /// A target of the input's shape: made anew when it is a constant, else reshaped.
  private func newTarget(_ text: String) -> String {
    let sizes = input.dimensions.map(String.init).joined(separator: ", ")
    switch targetValue {
    case 1: return "ones(\(sizes))"
    case 0: return "zeros(\(sizes))"
    default: return "\(text).reshape(\(sizes))"
    }
  }

  /// `D(real)` for `D(real).view(-1)`: an expression without the reshaping at its end.
  private static func withoutReshaping(_ text: String) -> String? {
    guard text.hasSuffix(")") else { return nil }
    for name in [".view(", ".reshape(", ".flatten(", ".squeeze("] {
      guard let start = lastRange(of: name, in: text) else { continue }
      let inside = text[start.upperBound...].dropLast()
      if !inside.contains("(") && !inside.contains(")") { return String(text[..<start.lowerBound]) }
    }
    return nil
  }

  private static func lastRange(of part: String, in text: String) -> Range<String.Index>? {
    var found: Range<String.Index>?
    var start = text.startIndex
    while let next = text[start...].firstRange(of: part) {
      found = next
      start = next.upperBound
    }
    return found
  }
}
