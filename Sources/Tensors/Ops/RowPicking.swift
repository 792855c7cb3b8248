// SPDX-License-Identifier: Apache-2.0

/// Rows picked out of blocks: in each of `outer` blocks of `size` rows of `inner` elements, those at `places`.
///
/// Taking rows and adding them back are each other's adjoint, so both can be differentiated any number of times.
struct RowPicking {
  /// Checked positions, none negative.
  let places: Tensor
  let outer: Int
  let size: Int
  let inner: Int
  /// The shape of what is picked from.
  let from: Shape
  /// The shape of what is picked.
  let to: Shape

  /// The rows at the places.
  func taking(_ operation: StaticString, _ x: Tensor) throws(TensorError) -> Tensor {
    try taken(x).recorded(operation, x) { (_, g) throws(TensorError) in [try adding(g)] }
  }

  /// Zeros to which each row is added at its place.
  func adding(_ x: Tensor) throws(TensorError) -> Tensor {
    try added(x).recorded("scatter_add", x) { (_, g) throws(TensorError) in [try taking("take", g)] }
  }

  private func taken(_ x: Tensor) throws(TensorError) -> Tensor {
    let result = try Tensor.uninitialized(to, x.dtype)
    let line = inner * x.dtype.size
    let (target, source) = (result.storage.bytes, x.storage.bytes)
    let count = places.count
    defer { withExtendedLifetime((x.storage, result.storage)) {} }
    try places.withIntegers { (rows) throws(TensorError) in
      try inRanges(outer * count, cost: 5 + Double(line) * 0.05) { range in
        for i in range {
          let row = i / count * size + Int(rows[i % count])
          (target + i * line).copyMemory(from: source + row * line, byteCount: line)
        }
      }
    }
    return result
  }

  private func added(_ x: Tensor) throws(TensorError) -> Tensor {
    let result = try Tensor.zeros(from)
    let target = result.storage.floats
    let count = places.count
    try x.withFloats { (source) throws(TensorError) in
      try places.withIntegers { (rows) throws(TensorError) in
        // By blocks, because two places of a block may be the same row.
        try inRanges(outer, cost: Double(count) * (3 + Double(inner) * 0.3)) { range in
          for o in range {
            for place in 0..<count {
              let sink = target + (o * size + Int(rows[place])) * inner
              let line = source + (o * count + place) * inner
              for i in 0..<inner { sink[i] += line[i] }
            }
          }
        }
      }
    }
    return result
  }
}
