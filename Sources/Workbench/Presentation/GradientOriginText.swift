// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

/// What is said behind a net's name in a table of gradients: `from errD, errG: errG only passed through to reach G`.
struct GradientOriginText {
  private let known: KnownParts

  /// Knows the nets and optimizers among the variables, and those of a trainer if one is looked at.
  init(_ call: Call, trainer: (any Trainer)? = nil) {
    var nets = trainer?.nets ?? []
    var optimizers = trainer?.optimizers ?? []
    for (name, value) in call.variables {
      if let module = ModuleObject.convert(value) {
        nets.append((module.layer.notes.label ?? name, module.layer))
      } else if let object = OptimizerObject.convert(value) {
        optimizers.append((object.name ?? name, object.optimizer))
      } else if let trainer = TrainerObject.convert(value)?.trainer {
        nets += trainer.nets.map { ("\(name).\($0.name)", $0.net) }
        optimizers += trainer.optimizers.map { ("\(name).\($0.name)", $0.optimizer) }
      }
    }
    known = KnownParts(nets: nets, optimizers: optimizers)
  }

  /// The losses whose gradients a net holds, and what they have to do with other nets; empty without a gradient.
  func text(of net: any Layer, named name: String, _ language: MessageLanguage) -> String {
    var labels: [String] = []
    for label in net.allParameters.flatMap(\.provenance) where !labels.contains(label) { labels.append(label) }
    guard !labels.isEmpty else { return "" }
    let list = Text("from ", zh: "来自 ")(language) + labels.joined(separator: ", ")
    let remarks = known.origins(of: net).compactMap { Self.remark($0, of: name)?(language) }
    guard !remarks.isEmpty else { return list }
    return list + Text(": ", zh: "：")(language) + remarks.prefix(2).joined(separator: Text("; ", zh: "；")(language))
  }

  /// The same for a net of a trainer whose gradients are shown as they were used: losses that came later have no part.
  func usedText(of net: any Layer, named name: String, _ language: MessageLanguage) -> String {
    var losses: [String] = []
    for loss in net.allParameters.compactMap(\.usedGradient).flatMap(\.losses) where !losses.contains(loss) {
      losses.append(loss)
    }
    let isAsNow = net.allParameters.allSatisfy { $0.usedGradient.map(\.losses) == $0.provenance }
    guard !losses.isEmpty, !isAsNow else { return text(of: net, named: name, language) }
    return Text("from ", zh: "来自 ")(language) + losses.joined(separator: ", ")
  }

  /// What happened, and what is to be done about it.
  private static func remark(_ origin: GradientOrigin, of net: String) -> Text? {
    switch origin.use {
    case .none: unused(origin, net)
    case .elsewhere(let optimizer): leftOver(origin, net, usedBy: optimizer)
    case .mixed(let optimizer, let losses, let isDone):
      mixed(origin, with: losses, from: titled(optimizer), isDone: isDone)
    }
  }

  /// Before any step it is not known whose loss it is, unless its name says so.
  private static func unused(_ origin: GradientOrigin, _ net: String) -> Text? {
    guard !origin.nets.isEmpty else { return nil }
    let (loss, others) = (origin.loss, list(origin.nets))
    switch origin.way {
    case .through where origin.owner != nil && isNamed(loss, after: origin.nets):
      return Text(
        "\(others)'s loss reached \(net) because what \(net) made was not detached",
        zh: "\(net) 的输出没有 detach，\(others) 的损失传进了 \(net)")
    case .through where origin.owner != nil:
      return Text(
        "\(loss) came through \(others); if it is \(others)'s loss, what \(net) made was not detached",
        zh: "\(loss) 经 \(others) 传来；若它是 \(others) 的损失，则 \(net) 的输出没有 detach")
    case .through: return Text("\(loss) came through \(others)", zh: "\(loss) 经 \(others) 传来")
    case .onward: return Text("\(loss) went on from here to \(others)", zh: "\(loss) 经过这里又传到 \(others)")
    case .beside:
      return origin.owner == nil
        ? nil : Text("\(loss) also put gradients into \(others)", zh: "\(loss) 也给 \(others) 留下了梯度")
    }
  }

  /// Another net's optimizer has used the loss.
  private static func leftOver(_ origin: GradientOrigin, _ net: String, usedBy optimizer: String) -> Text {
    let (loss, user) = (origin.loss, titled(optimizer))
    let others = origin.nets.isEmpty ? user : Text(list(origin.nets), zh: list(origin.nets))
    let clearing = clearing(origin)
    switch origin.way {
    case .onward:
      return Text(
        "\(loss) only passed through to reach \(others.english); \(clearing) clears it",
        zh: "\(loss) 只是经过这里传往 \(others.chinese)；\(clearing) 会清除")
    case .through:
      return Text(
        "\(loss) is \(others.english)'s loss (\(user.english) used it) and reached \(net) because what \(net) made was not detached; \(clearing) clears it",
        zh: "\(loss) 是 \(others.chinese) 的损失（\(user.chinese) 已使用）；\(net) 的输出没有 detach，它传进了 \(net)；\(clearing) 会清除")
    case .beside:
      return Text(
        "\(loss) also put gradients into \(others.english), where \(user.english) used them; if they are not meant for \(net), \(clearing) clears them",
        zh: "\(loss) 也给 \(others.chinese) 留下了梯度，\(user.chinese) 已使用；若不该用于 \(net)，\(clearing) 会清除")
    }
  }

  /// Gradients that another net's step had left over were added up with the net's own.
  private static func mixed(
    _ origin: GradientOrigin, with losses: [String], from user: Text, isDone: Bool
  ) -> Text {
    let (loss, next) = (origin.loss, losses.first ?? "loss")
    let owner = origin.owner ?? ""
    let cure = Text(
      "unless that is meant, \(clearing(origin)) belongs before \(next).backward()",
      zh: "若非本意，应在 \(next).backward() 之前调用 \(clearing(origin))")
    if isDone {
      return Text(
        "\(owner) used \(loss) too, left over from the step of \(user.english); \(cure.english)",
        zh: "\(owner) 也用了 \(user.chinese) 那一步剩下的 \(loss)；\(cure.chinese)")
    }
    return Text(
      "\(loss), left over from the step of \(user.english), is still in it and \(owner).step() would use it; \(cure.english)",
      zh: "其中还有 \(user.chinese) 那一步剩下的 \(loss)，\(owner).step() 会用到它；\(cure.chinese)")
  }

  private static func clearing(_ origin: GradientOrigin) -> String {
    origin.owner.map { "\($0).zero_grad()" } ?? "zero_grad()"
  }

  private static func titled(_ optimizer: String) -> Text {
    optimizer.isEmpty ? Text("another optimizer", zh: "另一个优化器") : Text(optimizer, zh: optimizer)
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

  /// Whether a loss is called after one of the nets: `errD`, `loss_D`, `d_loss`, `errD_fake`.
  private static func isNamed(_ loss: String, after nets: [String]) -> Bool {
    let name = loss.lowercased().filter { $0 != "_" }
    return nets.contains { net in
      let net = (net.split(separator: ".").last.map(String.init) ?? net).lowercased().filter { $0 != "_" }
      return ["err\(net)", "loss\(net)", "\(net)loss", "\(net)err"].contains(where: name.hasPrefix)
    }
  }
}
