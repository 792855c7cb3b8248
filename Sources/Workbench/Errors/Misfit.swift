// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers
import Tensors

/// A net or layers that do not fit where they were put: which layer stumbled, and what would have fitted.
struct Misfit {
  private let error: TrainerError
  private let place: String
  private let old: [any Layer]
  private let new: [any Layer]
  private let name: String
  private let call: Call

  init(_ error: TrainerError, at place: String, old: [any Layer], new: [any Layer], of name: String, _ call: Call) {
    self.error = error
    self.place = place
    self.old = old
    self.new = new
    self.name = name
    self.call = call
  }

  /// For layers inside a net.
  func diagnostic(in container: any LayerContainer, at places: [Int], net: String) -> Diagnostic {
    var help: [Diagnostic.Help] = []
    if let code = typed(old) { help.append(.init(code: "\(place) = \(code)", Text("what stood there", zh: "原来的"))) }
    if let together = together(container, places, net) { help.append(together) }
    if help.isEmpty { help = [.init(Text("there stood \(oldText)", zh: "原来是 \(oldText)"))] }
    return diagnostic(help)
  }

  /// For a whole net.
  func diagnostic(_ trainer: any Trainer, part: String) -> Diagnostic {
    var help: [Diagnostic.Help] = []
    if case .layer(let inner) = error, case .inputCount = inner.cause {
      help.append(
        .init(
          Text(
            "\(name) gives it the label too: exchange the layers behind the label, as in \(place)[1] = …, or take "
              + "both yourself: Module((m, x, y) -> m.f(cat([x.flatten(1), one_hot(y, 10)], 1)), f=Sequential(…))",
            zh: "\(name) 还会给它标签：可更换标签之后的层，如 \(place)[1] = …，"
              + "或自行接收两者：Module((m, x, y) -> m.f(cat([x.flatten(1), one_hot(y, 10)], 1)), f=Sequential(…))")))
    }
    if case .outputShape("E", let codes, _) = error, let size = codes.dimensions.last {
      help.append(
        .init(
          Text(
            "it ends in Heads(mu=Linear(n, \(size)), logvar=Linear(n, \(size)))",
            zh: "其末层是 Heads(mu=Linear(n, \(size)), logvar=Linear(n, \(size)))")))
    }
    help.append(
      .init(
        code: "net = copy(\(place))",
        Text("one that fits: change what shall differ", zh: "合适的网络：只改需要不同的部分")))
    return diagnostic(help)
  }

  private func diagnostic(_ help: [Diagnostic.Help]) -> Diagnostic {
    if case .duringStep = error { return ExchangeFault.duringStep(place: place).diagnostic }
    let inner = TrainerExplanation(error, call).diagnostic
    let given = new.map(\.summary).joined(separator: ", ")
    return Diagnostic(
      inner.kind,
      Text(
        "\(place) = \(given) does not fit \(name): \(inner.message(.english))",
        zh: "\(place) = \(given) 不适合 \(name)：\(inner.message(.chinese))"), notes: inner.notes, help: help)
  }

  private var oldText: String { old.map(\.summary).joined(separator: ", ") }

  private func typed(_ layers: [any Layer]) -> String? {
    let codes = layers.compactMap { LayerCode($0).text }
    guard codes.count == layers.count else { return nil }
    return codes.count == 1 ? codes[0] : "[\(codes.joined(separator: ", "))]"
  }

  /// The two linear layers that share a width, exchanged in one line.
  private func together(_ container: any LayerContainer, _ places: [Int], _ net: String) -> Diagnostic.Help? {
    guard let first = places.first, places.count == 1, container is Sequential, let linear = new.first as? Linear,
      let was = old.first as? Linear, was.inputs == linear.inputs, was.outputs != linear.outputs,
      let next = container.inside.indices.first(where: { $0 > first && container.inside[$0] is Linear }),
      let partner = container.inside[next] as? Linear,
      let between = typedEach(Array(container.inside[(first + 1)..<next]))
    else { return nil }
    let codes =
      ["Linear(\(linear.inputs), \(linear.outputs))"] + between + ["Linear(\(linear.outputs), \(partner.outputs))"]
    return .init(
      code: "\(net)[\(first):\(next + 1)] = [\(codes.joined(separator: ", "))]",
      Text("both at once", zh: "两层同时更换"))
  }

  private func typedEach(_ layers: [any Layer]) -> [String]? {
    let codes = layers.compactMap { LayerCode($0).text }
    return codes.count == layers.count ? codes : nil
  }
}
