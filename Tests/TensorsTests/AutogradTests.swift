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
