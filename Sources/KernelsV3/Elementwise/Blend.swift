// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// a x + b y over a range; plain sums and copies are exact.
func blend(
  _ a: Float, _ x: Floats, _ b: Float, _ y: Floats, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  if a == 1 && b == 1 {
    mapVectors(x, y, output, first, end) { $0 + $1 }
  } else {
    mapVectors(x, y, output, first, end) { multiplyAdd(splat(a), $0, splat(b) * $1) }
  }
}

/// Bytes as floats: scale * byte + offset.
func fromBytes(
  _ bytes: UnsafePointer<UInt8>, _ scale: Float, _ offset: Float, _ output: MutableFloats, _ first: Int, _ end: Int
) {
  var i = first
  while i + lanes <= end {
    store(multiplyAdd(floatsFromBytes(bytes + i, .zero), splat(scale), splat(offset)), output + i)
    i += lanes
  }
  while i < end {
    output[i] = multiplyAdd(Float(bytes[i]), scale, offset)
    i += 1
  }
}
