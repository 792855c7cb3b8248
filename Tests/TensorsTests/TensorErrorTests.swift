// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tensors

/// Whatever a person can ask for is an error as data, never a trap.
@Suite struct TensorErrorTests {
  @Test func shapesThatDoNotGoTogether() throws {
    let a = try Tensor.ones([2, 3])
    let b = try Tensor.ones([2, 4])
    #expect(throws: TensorError.mismatch(operation: "add", left: [2, 3], right: [2, 4])) { try a + b }
    #expect(throws: TensorError.mismatch(operation: "matmul", left: [2, 3], right: [2, 4])) { try matmul(a, b) }
    #expect(throws: TensorError.mismatch(operation: "linear", left: [2, 3], right: [2, 4])) {
      try linear(a, weight: b)
    }
    #expect(throws: TensorError.mismatch(operation: "bce", left: [2], right: [2, 1])) {
      try binaryCrossEntropy(.ones([2]), .ones([2, 1]))
    }
    #expect(throws: TensorError.mismatch(operation: "reshape", left: [2, 3], right: [4, -1])) {
      try a.reshaped(to: [4, -1])
    }
    #expect(throws: TensorError.mismatch(operation: "cat", left: [2, 3], right: [2, 4])) {
      try concatenate([a, b], alongAxis: 0)
    }
    #expect(throws: TensorError.mismatch(operation: "index assignment", left: [3], right: [4])) {
      try a.replacing([.index(0)], with: .ones([4]))
    }
    #expect(throws: TensorError.mismatch(operation: "conv2d", left: [1, 2, 5, 5], right: [1, 3, 3, 3])) {
      try convolution2d(.ones([1, 2, 5, 5]), weight: .ones([1, 3, 3, 3]))
    }
  }

  @Test func positionsAndAxesOutOfRange() throws {
    let a = try Tensor.ones([2, 3])
    let far = TensorError.indexOutOfRange(operation: "index", index: 2, size: 2)
    #expect(throws: far) { try a.sliced([.index(2)]) }
    #expect(throws: TensorError.axisOutOfRange(operation: "index", axis: 2, rank: 2)) {
      try a.sliced([.all, .all, .index(Int.min)])
    }
    #expect(throws: TensorError.indexOutOfRange(operation: "index", index: .min, size: 3)) {
      try a.sliced([.all, .index(Int.min)])
    }
    #expect(throws: TensorError.axisOutOfRange(operation: "sum", axis: 2, rank: 2)) { try sum(a, alongAxis: 2) }
    #expect(throws: TensorError.axisOutOfRange(operation: "sum", axis: .min, rank: 2)) {
      try sum(a, alongAxis: .min)
    }
    #expect(throws: TensorError.indexOutOfRange(operation: "one_hot", index: 3, size: 3)) {
      try oneHot(Tensor([3] as [Int64], shape: [1]), classes: 3)
    }
    #expect(throws: TensorError.indexOutOfRange(operation: "cross_entropy", index: -1, size: 3)) {
      try crossEntropy(a, Tensor([0, -1] as [Int64], shape: [2]))
    }
    #expect(throws: far) { try take(a, indices: Tensor([2] as [Int64], shape: [1])) }
    #expect(throws: TensorError.wrongType(operation: "index", type: .float32, needs: "i64 positions")) {
      try take(a, indices: a)
    }
  }

  @Test func slicesAreCutAsInPython() throws {
    let x = try Tensor.range(0, 5)
    func slice(_ from: Int?, _ to: Int?, _ step: Int) throws -> [Int64] {
      try x.sliced([.range(from: from, to: to, step: step)]).integers()
    }
    #expect(try slice(nil, nil, 2) == [0, 2, 4])
    #expect(try slice(-2, nil, 1) == [3, 4])
    #expect(try slice(3, 1, 1) == [])
    #expect(try slice(nil, nil, -2) == [4, 2, 0])
    #expect(try slice(10, -10, -1) == [4, 3, 2, 1, 0])
    #expect(try slice(.min, .max, .max) == [0])
    #expect(try slice(.max, .min, -.max) == [4])
    #expect(throws: TensorError.self) { try slice(0, 5, 0) }
    #expect(throws: TensorError.self) { try slice(0, 5, .min) }
  }

  @Test(arguments: [
    [Int.max], [Int.max, Int.max], [1 << 40, 1 << 40], [1 << 62], [0, Int.max, Int.max], [1 << 44], [-1], [3, -7],
    [0, -1], [Int.min],
  ])
  func enormousAndNegativeSizes(_ dimensions: [Int]) throws {
    let shape = Shape(dimensions)
    if shape.count == 0 && dimensions.allSatisfy({ $0 >= 0 }) {
      let empty = try Tensor.zeros(shape)
      #expect(try sum(empty + empty).item() == 0)
      #expect(try empty.transposed(0, 1).count == 0)
      #expect(try empty.sliced([.ellipsis, .newAxis]).count == 0)
      return
    }
    #expect(throws: TensorError.self) { try Tensor.zeros(shape) }
    #expect(throws: TensorError.self) { try Tensor.full(shape, 1) }
    #expect(throws: TensorError.self) { try RandomStream(seed: 1).normal(shape) }
    #expect(throws: TensorError.self) { try RandomStream(seed: 1).integers(below: 3, shape) }
    #expect(throws: TensorError.self) { try Tensor([1], shape: shape) }
    #expect(throws: TensorError.self) { try Tensor(1.0).broadcast(to: shape) }
    if dimensions != [-1] { #expect(throws: TensorError.self) { try Tensor.ones([2, 2]).reshaped(to: shape) } }
  }

  @Test func creationOutOfRange() {
    #expect(throws: TensorError.self) { try Tensor.identity(Int.max) }
    #expect(throws: TensorError.self) { try Tensor.identity(-1) }
    #expect(throws: TensorError.self) { try Tensor.range(0, 5, step: 0) }
    #expect(throws: TensorError.self) { try Tensor.range(.min, .max) }
    #expect(throws: TensorError.self) { try Tensor.range(0, .max) }
    #expect(throws: TensorError.self) { try Tensor.range(0, 1, step: 1e-300) }
    #expect(throws: TensorError.self) { try Tensor.range(0, .nan, step: 1) }
    #expect(throws: TensorError.self) { try Tensor.linearSpace(0, 1, count: -1) }
    #expect(throws: TensorError.self) { try Tensor.linearSpace(0, 1, count: .max) }
    #expect(throws: TensorError.self) { try RandomStream(seed: 1).integers(below: 0, [2]) }
    #expect(RandomStream(seed: 1).permutation(-3) == [])
    #expect(throws: TensorError.self) { try oneHot(Tensor([0] as [Int64], shape: [1]), classes: .max) }
  }

  @Test func wholeNumbersThatOverflowOrDivideByZero() throws {
    let least = try Tensor([Int64.min, 5], shape: [2])
    let zero = try Tensor(0 as Int64)
    #expect(throws: TensorError.integerOverflow(operation: "add")) { try least + -1 }
    #expect(throws: TensorError.integerOverflow(operation: "subtract")) { try least - 1 }
    #expect(throws: TensorError.integerOverflow(operation: "multiply")) { try least * 2 }
    #expect(throws: TensorError.integerOverflow(operation: "subtract")) { try -least }
    #expect(throws: TensorError.integerOverflow(operation: "abs")) { try abs(least) }
    #expect(throws: TensorError.integerOverflow(operation: "floor_divide")) {
      try floorDivide(least, Tensor(-1 as Int64))
    }
    #expect(try remainder(least, Tensor(-1 as Int64)).integers() == [0, 0])
    #expect(throws: TensorError.divisionByZero(operation: "floor_divide")) { try floorDivide(least, zero) }
    #expect(throws: TensorError.divisionByZero(operation: "remainder")) { try remainder(least, zero) }
    #expect(throws: TensorError.integerOverflow(operation: "pow")) { try pow(least, 2) }
    #expect(throws: TensorError.integerOverflow(operation: "pow")) { try pow(Tensor(2 as Int64), 64) }
    #expect(throws: TensorError.integerOverflow(operation: "sum")) {
      try sum(Tensor([.max, 1] as [Int64], shape: [2]))
    }
    #expect(try (Tensor(1 as Int64) / 0).item() == .infinity)
  }

  @Test func conversionsOfWhatDoesNotFit() throws {
    let odd = try Tensor([.nan, .infinity, -.infinity, 1e30, -1e30, 2.9, -2.9], shape: [7])
    #expect(odd.integers() == [0, .max, .min, .max, .min, 2, -2])
    #expect(try Tensor([Int64.max], shape: [1]).scalars() == [0x1p63])
  }

  @Test func emptyTensors() throws {
    let empty = try Tensor.zeros([0, 3])
    #expect(throws: TensorError.empty(operation: "max", shape: [0, 3])) { try max(empty, alongAxis: 0) }
    #expect(throws: TensorError.empty(operation: "argmin", shape: [0, 3])) { try argmin(empty) }
    #expect(try max(empty, alongAxis: 1).shape == [0])
    #expect(try sum(empty, alongAxis: 0).scalars() == [0, 0, 0])
    #expect(try mean(empty).item().isNaN)
    #expect(try product(empty, alongAxis: 0).scalars() == [1, 1, 1])
    #expect(try matmul(empty, .ones([3, 2])).shape == [0, 2])
    #expect(try matmul(Tensor.zeros([2, 0]), .zeros([0, 2])).scalars() == [0, 0, 0, 0])
    #expect(try linear(empty, weight: .ones([4, 3]), bias: .ones([4])).shape == [0, 4])
    #expect(throws: TensorError.self) { try batchNorm(empty, scale: nil, shift: nil) }
    #expect(throws: TensorError.self) { try quantile(empty, 0.5) }
    #expect(try softmax(empty).shape == [0, 3])
    #expect(try sort(empty).values.shape == [0, 3])
    #expect(try cumulativeSum(empty).shape == [0, 3])
    #expect(try concatenate([empty, .ones([1, 3])]).shape == [1, 3])
    #expect(throws: TensorError.self) { try concatenate([]) }
    #expect(try convolution2d(.zeros([0, 1, 5, 5]), weight: .ones([2, 1, 3, 3])).shape == [0, 2, 3, 3])
    let w = try Tensor.ones([4, 3]).requiringGradient()
    try backward(sum(linear(empty, weight: w)))
    #expect(w.gradient?.scalars() == [Float](repeating: 0, count: 12))
  }

  @Test("A slope that is not finite is refused with its operation, and no gradient is changed")
  func infiniteSlope() throws {
    let (w, b) = (try Tensor.ones([2, 3]).requiringGradient(), try Tensor.ones([3]).requiringGradient())
    let root = try sum(sqrt((try matmul(.zeros([4, 2]), w) + b) * 0))
    #expect(try root.item() == 0)
    // The graph is kept, so that it can be looked at and used again.
    for _ in 0..<2 {
      #expect {
        try backward(root)
      } throws: { error in
        guard case TensorError.gradientNotFinite("sqrt", let value) = error else { return false }
        return !value.isFinite
      }
      #expect(w.gradient == nil && b.gradient == nil)
    }
  }

  @Test func gradientsThatCannotBe() throws {
    let x = try Tensor.ones([2]).requiringGradient()
    #expect(throws: TensorError.notScalar(operation: "backward", shape: [2])) { try backward(x * 2) }
    let endless = try sum(log(x * 0)) * 2
    #expect(throws: TensorError.notFinite(operation: "backward", value: -.infinity, origin: "log")) {
      try backward(endless)
    }
    #expect(x.gradient == nil, "nothing was added")
    #expect(throws: TensorError.notRecorded(operation: "backward")) { try backward(Tensor(1.0)) }
    #expect(throws: TensorError.notRecorded(operation: "backward")) { try backward(sum(x.detached())) }
    #expect(throws: TensorError.notRecorded(operation: "backward")) {
      try backward(withoutRecording { () throws(TensorError) in try sum(x) })
    }
    #expect(throws: TensorError.notConnected(index: 1)) {
      try gradient(of: sum(x), withRespectTo: [x, Tensor.ones([2]).requiringGradient()])
    }
    #expect(throws: TensorError.wrongType(operation: "requires_grad", type: .int64, needs: "f32")) {
      try Tensor(1 as Int64).requiringGradient()
    }
  }

  @Test(arguments: [Int.min, -1, 0, Int.max]) func convolutionsWithOddSettings(_ value: Int) throws {
    let x = try Tensor.ones([1, 1, 5, 5])
    let w = try Tensor.ones([1, 1, 3, 3])
    #expect(throws: TensorError.self) { try convolution2d(x, weight: w, stride: value) }
    #expect(throws: TensorError.self) { try transposedConvolution2d(x, weight: w, stride: value) }
    #expect(throws: TensorError.self) { try maxPool2d(x, size: value) }
    if value < 1 { #expect(throws: TensorError.self) { try averagePool2d(x, size: 2, stride: value) } }
    #expect(throws: TensorError.self) { try upsampleNearest2d(x, factor: value) }
    if value != 0 {
      #expect(throws: TensorError.self) { try convolution2d(x, weight: w, padding: value) }
      #expect(throws: TensorError.self) { try transposedConvolution2d(x, weight: w, outputPadding: value) }
    }
  }

  @Test func everyErrorHasASentence() {
    let errors: [TensorError] = [
      .mismatch(operation: "a", left: [1], right: [2]), .unsuitable(operation: "a", shape: [1], needs: "b"),
      .wrongType(operation: "a", type: .bool, needs: "b"),
      .argument(operation: "a", name: "b", value: "c", needs: "d"),
      .axisOutOfRange(operation: "a", axis: 1, rank: 1), .indexOutOfRange(operation: "a", index: 1, size: 1),
      .wrongCount(operation: "a", shape: [1], found: 2), .negativeSize(operation: "a", shape: [-1]),
      .allocationTooLarge(shape: [1], bytes: 4), .empty(operation: "a", shape: [0]),
      .notScalar(operation: "a", shape: [2]),
      .notFinite(operation: "a", value: .infinity, origin: "b"), .divisionByZero(operation: "a"),
      .integerOverflow(operation: "a"),
      .notRecorded(operation: "a"), .notConnected(index: 0), .graphAlreadyUsed(operation: "a"), .interrupted,
    ]
    let sentences = Set(errors.map(\.description))
    #expect(sentences.count == errors.count)
    #expect(!sentences.contains("tensor error"))
  }
}
