// SPDX-License-Identifier: Apache-2.0
import Generative
import KernelSession
import Language
import Workbench

/// From which values on gradients are flagged, as `%set` shows and changes it.
enum GradientSettings {
  /// A setting for each threshold: `grads.vanishing`, ….
  static func all(of state: WorkbenchState) -> [Setting] {
    GradientThresholds.Name.allCases.map { name in
      Setting(
        "grads.\(name.rawValue)", meaning(name),
        needs: {
          let range = state.gradientThresholds.allowed(name)
          let ends = "\(written(range.lowerBound)) … \(written(range.upperBound))"
          return Text("a number, \(ends)", zh: "\(ends) 之间的数")
        },
        read: { written(state.gradientThresholds[name]) },
        write: { word in
          let value = word == "default" ? GradientThresholds()[name] : Double(word)
          return value.map { state.gradientThresholds.set(name, to: $0) } ?? false
        })
    }
  }

  private static func meaning(_ name: GradientThresholds.Name) -> Text {
    switch name {
    case .vanishing: Text("grads flags ‖g‖/‖w‖ below this as vanishing", zh: "‖g‖/‖w‖ 低于此值时 grads 标记“消失”")
    case .besideNext:
      Text("grads flags ‖g‖ below this share of the next layer's as vanishing", zh: "‖g‖ 低于下一层的这一比例时标记“消失”")
    case .large: Text("grads flags ‖g‖/‖w‖ above this as large", zh: "‖g‖/‖w‖ 高于此值时标记“偏大”")
    case .exploding: Text("grads flags ‖g‖/‖w‖ above this as exploding", zh: "‖g‖/‖w‖ 高于此值时标记“爆炸”")
    case .dead: Text("grads flags a share of zeros above this as dead", zh: "零的比例高于此值时标记“坏死”")
    }
  }

  private static func written(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
