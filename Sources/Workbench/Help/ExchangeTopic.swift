// SPDX-License-Identifier: Apache-2.0
import Language

/// Help on what can be put in the place of something else while a trainer goes on.
enum ExchangeTopic {
  static let topic = HelpTopic(
    "exchange", title: Text("Exchanging nets, layers and optimizers", zh: "更换网络、层与优化器"),
    body: Text(
      """
      Between any two steps, everything of a trainer can be exchanged; the next step goes on with it.
        g.G[0] = Linear(100, 256)            a layer; also g.G[-1] = tanh, m.f = …, v.E[3].mu = …
        g.G[0:3] = [Linear(100, 128), relu, Linear(128, 256)]      some at once, where a width changes
        net[0] = …                           by any variable: net and g.G are one object
        g.G = Sequential(…)                  a net: it must take and give what g's steps need
        g.opt_G = SGD(g.G, lr=0.01)          an optimizer of exactly the net that it trains;  v.opt = Adam([v.E, v.D])
      What does not fit is refused, and everything stays. Optimizers follow: what they remember of the layers that stay
      is kept, new layers start without; so does the average of weights. Removed layers keep their hooks, unused.
      The exchange stands in g.history and in unfold g; undo g takes it back, and goto, restore, fork, save and load
      keep to it to the bit. For that, what new layers held at first is kept beside the limit on snapshots.
      Trainer(step_fn, parts=…): layers can be exchanged, whole parts not, for the function holds on to its own.
      """,
      zh: """
        在任意两步之间，训练器的一切都可更换；下一步即用新的继续。
          g.G[0] = Linear(100, 256)            一层；亦可 g.G[-1] = tanh、m.f = …、v.E[3].mu = …
          g.G[0:3] = [Linear(100, 128), relu, Linear(128, 256)]      改变宽度时，几层同时更换
          net[0] = …                           任何变量均可：net 与 g.G 是同一对象
          g.G = Sequential(…)                  整个网络：须能接收并给出 g 的步骤所需的形状
          g.opt_G = SGD(g.G, lr=0.01)          优化器：须恰好包含所训练的网络；v.opt = Adam([v.E, v.D])
        不合适的会被拒绝，一切保持原状。优化器随之更新：保留的层沿用其动量，新层从零开始；权重平均亦然。
        被换下的层保留其 hook，但不再使用。
        更换会记入 g.history 与 unfold g；undo g 可撤销，goto、restore、fork、save、load 均逐位一致。
        为此会保留新层最初的值，不计入快照上限。
        Trainer(step_fn, parts=…)：层可更换，整个部件不可，因为步函数持有自己的部件。
        """))
}
