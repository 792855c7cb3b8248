// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// Targets of a binary cross-entropy that are no probabilities, as images scaled to −1 … 1 are not.
struct TargetRangeFault: Explained {
  private let loss: String
  private let low: Double
  private let high: Double

  /// Throws unless all targets lie in 0 … 1; what is not a number is left to the loss.
  static func check(_ target: Tensor, of loss: String) throws {
    guard target.count > 0 else { return }
    let (low, high) = (try min(target.detached()).item(), try max(target.detached()).item())
    guard low < 0 || high > 1 else { return }
    throw TargetRangeFault(loss: loss, low: low, high: high)
  }

  var diagnostic: Diagnostic {
    let found = "\(Numbers.short(low, digits: 3)) … \(Numbers.short(high, digits: 3))"
    return Diagnostic(
      .value, Text("\(loss)(target) needs values from 0 to 1", zh: "\(loss) 的目标须在 0 到 1 之间"),
      labels: [.init(.argument("target"), Text(found, zh: found))],
      notes: [
        Text(
          "\(loss) takes targets as probabilities; images scaled to −1 … 1 are none",
          zh: "\(loss) 把目标当作概率；缩放到 −1 … 1 的图像不是概率")
      ],
      help: [
        .init(code: "denormalize(x, 0.5, 0.5)", Text("takes −1 … 1 back to 0 … 1", zh: "把 −1 … 1 还原到 0 … 1")),
        .init(code: "mse(input, target)"),
      ])
  }
}
