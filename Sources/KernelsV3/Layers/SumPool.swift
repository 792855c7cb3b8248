// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The sum of each window times a scale, for planes in a range.
func sumPool(
  _ shape: UnsafePointer<PoolShape>, _ scale: Float, _ x: Floats, _ output: MutableFloats, _ firstPlane: Int,
  _ endPlane: Int
) {
  let s = shape.pointee
  for plane in firstPlane..<max(firstPlane, endPlane) {
    let from = x + plane * s.height * s.width
    var to = output + plane * s.rows * s.columns
    for row in 0..<s.rows {
      for column in 0..<s.columns {
        let corner = from + row * s.stride * s.width + column * s.stride
        var total: Float = 0
        for y in 0..<s.size {
          for x in 0..<s.size { total += corner[y * s.width + x] }
        }
        to.pointee = total * scale
        to += 1
      }
    }
  }
}

/// Each number times a scale, added to all of its window, for planes in a range.
func spreadPool(
  _ shape: UnsafePointer<PoolShape>, _ scale: Float, _ x: Floats, _ output: MutableFloats, _ firstPlane: Int,
  _ endPlane: Int
) {
  let s = shape.pointee
  for plane in firstPlane..<max(firstPlane, endPlane) {
    let to = output + plane * s.height * s.width
    var from = x + plane * s.rows * s.columns
    zero(to, s.height * s.width)
    for row in 0..<s.rows {
      for column in 0..<s.columns {
        let corner = to + row * s.stride * s.width + column * s.stride
        let value = from.pointee * scale
        for y in 0..<s.size {
          for x in 0..<s.size { corner[y * s.width + x] += value }
        }
        from += 1
      }
    }
  }
}
