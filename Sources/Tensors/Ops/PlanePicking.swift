// SPDX-License-Identifier: Apache-2.0

/// Elements picked out of each plane of a tensor, at other places in every plane.
struct PlanePicking {
  /// For each element picked, its place in its plane.
  let places: Tensor
  let planes: Int
  /// How many elements a plane has.
  let size: Int
  /// The shape of what is picked from.
  let from: Shape
  /// The shape of what is picked.
  let to: Shape

  /// Zeros to which each element is added at its place.
  func adding(_ x: Tensor) throws(TensorError) -> Tensor {
    try added(x).recorded("scatter_add", x) { (_, g) throws(TensorError) in [try taking(g)] }
  }

  /// The elements at the places.
  func taking(_ x: Tensor) throws(TensorError) -> Tensor {
    try taken(x).recorded("take", x) { (_, g) throws(TensorError) in [try adding(g)] }
  }

  /// How many elements are picked out of a plane.
  private var picked: Int { places.count / Swift.max(planes, 1) }

  private func added(_ x: Tensor) throws(TensorError) -> Tensor {
    let result = try Tensor.zeros(from)
    let target = result.storage.floats
    let count = picked
    try x.withFloats { (source) throws(TensorError) in
      try places.withIntegers { (places) throws(TensorError) in
        try inRanges(planes, cost: Double(count)) { range in
          for i in range.lowerBound * count..<range.upperBound * count {
            target[i / count * size + Int(places[i])] += source[i]
          }
        }
      }
    }
    return result
  }

  private func taken(_ x: Tensor) throws(TensorError) -> Tensor {
    let count = picked
    return try x.withFloats { (source) throws(TensorError) in
      try places.withIntegers { (places) throws(TensorError) in
        try .making(to) { (out) throws(TensorError) in
          try inRanges(planes, cost: Double(count)) { range in
            for i in range.lowerBound * count..<range.upperBound * count {
              out[i] = source[i / count * size + Int(places[i])]
            }
          }
        }
      }
    }
  }
}
