// SPDX-License-Identifier: Apache-2.0
import Language

/// Mistakes with gradients that need to know the session.
enum GradientFault: Error {
  /// A second backward pass through one graph; `input` is where the first one ran.
  case graphAlreadyUsed(input: Int?, loss: String)
  /// A derivative with respect to something that the result does not depend on.
  case notConnected
  /// A function that gives something else than one number.
  case notANumber(String)

  var diagnostic: Diagnostic {
    switch self {
    case .graphAlreadyUsed(let input, let loss):
      let place = input.map { $0 > 0 ? " in [\($0)]" : "" } ?? ""
      let chinesePlace = input.map { $0 > 0 ? "已在 [\($0)] 中" : "已" } ?? "已"
      return Diagnostic(
        .gradient,
        Text("this graph was already used by backward()\(place)", zh: "这个计算图\(chinesePlace)被 backward() 用过"),
        help: [
          .init(
            Text(
              "run the forward line again (the values it saved are gone), or keep them: \(loss).backward(retain=True)",
              zh: "重新运行前向那一行（保存的值已释放），或保留它们：\(loss).backward(retain=True)"))
        ])
    case .notConnected:
      return Diagnostic(
        .gradient, Text("y does not depend on x in a recorded way", zh: "y 与 x 之间没有被记录的依赖关系"),
        labels: [.init(.argument("x"))],
        help: [
          .init(
            code: "x = x.requires_grad()",
            Text("before y is computed, and not under no_grad", zh: "在计算 y 之前，且不在 no_grad 中"))
        ])
    case .notANumber(let type):
      return Diagnostic(
        .type, Text("the function must give one number, not \(type)", zh: "函数必须给出单个数，不能是 \(type)"),
        labels: [.init(.argument("f"), Text(type, zh: type))])
    }
  }
}
