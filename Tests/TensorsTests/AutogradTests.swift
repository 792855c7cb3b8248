// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tensors

@Suite struct AutogradTests {
  @Test func gradientsFlowThroughALinearLayer() throws {
    let random = RandomStream(seed: 1)
    let w = try random.normal([3, 4]).requiringGradient(label: "w")
    let x = try random.normal([5, 4])
    try backward(sum(linear(x, weight: w)), label: "errD")
    let expected = try sum(x, alongAxis: 0).broadcast(to: [3, 4])
    #expect(w.gradient?.scalars().count == 12)
    for (a, b) in zip(w.gradient?.scalars() ?? [], expected.scalars()) { #expect(abs(a - b) < 1e-5) }
    #expect(w.provenance == ["errD"])
  }

  @Test("A leaf knows through whose operations its gradient came, and who used it")
  func ways() throws {
    let inner = try Tensor([1, 2], shape: [2]).requiringGradient(label: "inner")
    let outer = try Tensor([3, 4], shape: [2]).requiringGradient(label: "outer")
    let apart = try Tensor([5, 6], shape: [2]).requiringGradient(label: "apart")
    try backward(sum(tanh(inner * 2) * outer) + sum(apart * 3), label: "a")
    let deposits = [inner, outer, apart].compactMap(\.gradientDeposits.first)
    let source = try #require(deposits.first?.source)
    #expect(deposits.allSatisfy { $0.source === source } && source.leaves.count == 3)
    #expect(source.came(to: deposits[0].place, through: deposits[1].place))
    #expect(!source.came(to: deposits[1].place, through: deposits[0].place))
    #expect(!source.came(to: deposits[0].place, through: deposits[2].place))
    #expect(!source.came(to: deposits[2].place, through: deposits[1].place))
    #expect(!source.came(to: 7, through: 0) && !source.came(to: 0, through: -1))
    let user = GradientSource.User(source, name: "opt")
    outer.noteGradientUse(by: user)
    #expect(source.users == [user] && deposits[1].user == user && deposits[0].user == nil)
    try backward(sum(inner * 2), label: "b")
    #expect(inner.gradientDeposits.map(\.isMixed) == [true, false])
    inner.clearGradient()
    #expect(inner.gradientDeposits.isEmpty)
  }

  @Test func aSecondBackwardPassThroughAUsedGraphIsAnError() throws {
    let w = try Tensor(2.0).requiringGradient()
    let loss = try w * w
    try backward(loss)
    #expect(throws: TensorError.graphAlreadyUsed(operation: "multiply")) { try backward(loss) }
  }

  @Test func theSecondDerivativeOfACubeIsSixTimesTheNumber() throws {
    let x = try Tensor(3.0).requiringGradient()
    let first = try gradient(of: x * x * x, withRespectTo: [x], createGraph: true)[0]
    let second = try gradient(of: first, withRespectTo: [x])[0]
    #expect(try first.item() == 27)
    #expect(try second.item() == 18)
    #expect(x.gradient == nil)
  }

  @Test func aVeryLongChainIsReleasedWithoutRecursion() throws {
    var x = try Tensor(1.0).requiringGradient()
    for _ in 0..<200_000 { x = try x + 1.0 }
    #expect(try x.item() == 200_001)
  }
}
