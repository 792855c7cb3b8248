// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

// Many elements to one, along an axis or altogether.

extension Builtin {
  private typealias Reduction = @Sendable (Tensor, Int?, Bool) throws(TensorError) -> Tensor

  static let sum = reduction(
    "sum", Text("The sum.", zh: "求和。"), Example("sum(ones(2, 3), 0)", shows: "[2, 2, 2]")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.sum(x, alongAxis: axis, keepingDimensions: keep) }

  static let mean = reduction(
    "mean", Text("The mean.", zh: "平均值。"), Example("mean(tensor([1.0, 3.0]))", shows: "2")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.mean(x, alongAxis: axis, keepingDimensions: keep) }

  static let variance = reduction(
    "var", Text("The variance, divided by n − 1.", zh: "方差（除以 n − 1）。"), Example("var(tensor([1.0, 3.0]))", shows: "2")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.variance(x, alongAxis: axis, keepingDimensions: keep) }

  static let standardDeviation = reduction(
    "std", Text("The standard deviation, divided by n − 1.", zh: "标准差（除以 n − 1）。"),
    Example("std(tensor([1.0, 3.0]))", shows: "1.414")
  ) { (x, axis, keep) throws(TensorError) in
    try Tensors.standardDeviation(x, alongAxis: axis, keepingDimensions: keep)
  }

  static let smallest = reduction(
    "min", Text("The smallest element.", zh: "最小元素。"), Example("min(tensor([3, 1, 2]))", shows: "1")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.min(x, alongAxis: axis, keepingDimensions: keep) }

  static let largest = reduction(
    "max", Text("The largest element.", zh: "最大元素。"), Example("max(tensor([3, 1, 2]))", shows: "3")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.max(x, alongAxis: axis, keepingDimensions: keep) }

  static let product = reduction(
    "prod", Text("The product.", zh: "连乘积。"), Example("prod(tensor([2.0, 3.0]))", shows: "6")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.product(x, alongAxis: axis, keepingDimensions: keep) }

  static let norm = reduction(
    "norm", Text("The Euclidean length.", zh: "欧几里得长度（2-范数）。"), Example("norm(tensor([3.0, 4.0]))", shows: "5")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.norm(x, alongAxis: axis, keepingDimensions: keep) }

  static let anyOf = reduction(
    "any", Text("Whether at least one element is true.", zh: "是否至少有一个元素为真。"),
    Example("any(tensor([0, 1]) > 0)", shows: "True")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.any(x, alongAxis: axis, keepingDimensions: keep) }

  static let allOf = reduction(
    "all", Text("Whether every element is true.", zh: "是否所有元素为真。"),
    Example("all(tensor([0, 1]) > 0)", shows: "False")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.all(x, alongAxis: axis, keepingDimensions: keep) }

  static let argmax = reduction(
    "argmax", Text("Where the largest element is.", zh: "最大元素的位置。"), Example("argmax(tensor([3, 9, 2]))", shows: "1")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.argmax(x, alongAxis: axis, keepingDimensions: keep) }

  static let argmin = reduction(
    "argmin", Text("Where the smallest element is.", zh: "最小元素的位置。"), Example("argmin(tensor([3, 9, 2]))", shows: "2")
  ) { (x, axis, keep) throws(TensorError) in try Tensors.argmin(x, alongAxis: axis, keepingDimensions: keep) }

  private static func reduction(
    _ name: String, _ text: Text, _ example: Example, _ function: @escaping Reduction
  ) -> Builtin {
    Builtin(
      name, .function, in: .math, text, tensorParameter, axisParameter, keepParameter, examples: [example]
    ) { _, x, axis, keep in try function(x, axis, keep) }
  }

  static let dot = Builtin(
    "dot", .function, in: .math, Text("The inner product of two vectors.", zh: "两个向量的内积。"),
    Parameter<Tensor>("a", Text("A vector.", zh: "向量。")), Parameter<Tensor>("b", Text("Another.", zh: "另一个向量。")),
    examples: [Example("dot(tensor([1.0, 2.0]), tensor([3.0, 4.0]))", shows: "11")]
  ) { _, a, b in try Tensors.dot(a, b) }

  static let cumsum = Builtin(
    "cumsum", .function, in: .math, Text("Running sums along an axis.", zh: "沿一个轴的累加和。"), tensorParameter,
    Parameter<Int>("dim", Text("The axis.", zh: "沿哪个轴。"), default: 0),
    examples: [Example("cumsum(tensor([1, 2, 3]), 0)", shows: "[1, 3, 6]")]
  ) { _, x, axis in try cumulativeSum(x, alongAxis: axis) }

  static let quantileOf = Builtin(
    "quantile", .function, in: .math,
    Text("The value below which a share of the elements lies.", zh: "分位数：给定比例的元素小于该值。"), tensorParameter,
    Parameter<Double>("q", Text("The share, 0 … 1.", zh: "比例，0 … 1。")),
    Parameter<Int?>("dim", Text("The axis; without it, all elements.", zh: "沿哪个轴；省略则对所有元素。"), default: .nothing),
    examples: [Example("quantile(tensor([1.0, 2.0, 4.0]), 0.5)", shows: "2")]
  ) { _, x, share, axis in try Tensors.quantile(x, share, alongAxis: axis) }

  static let mathReductions: [Builtin] = [
    sum, mean, variance, standardDeviation, smallest, largest, product, norm, anyOf, allOf, argmax, argmin, dot,
    cumsum, quantileOf,
  ]
}
