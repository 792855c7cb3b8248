// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// A transposed convolution towards few channels, where a panel of channels would be mostly empty.
///
/// The roles change: the numbers of a window are rows, the places of the map columns, so nothing is rearranged:
///
///     sums [window, place] = weight [map, window]ᵀ x map [map, place]
///
/// Then each row of sums is added where it falls. Pixels of one residue of the stride are kept in a plane of their own,
/// so that these are additions of whole rows.
struct FewChannelsPaint {
  let s: ConvolutionShape

  /// Numbers of a window.
  var window: Int { s.channels * s.kernelHeight * s.kernelWidth }
  var places: Int { s.rows * s.columns }
  private var panels: Int { (places + MatrixTile.columns - 1) / MatrixTile.columns }
  private var planeRows: Int { (s.rows - 1) + (s.kernelHeight - 1) / s.stride + 1 }
  private var planeColumns: Int { (s.columns - 1) + (s.kernelWidth - 1) / s.stride + 1 }
  private var planeSize: Int { planeRows * planeColumns }
  private var planeCount: Int { s.channels * s.stride * s.stride }

  /// Whether this way takes clearly fewer multiply-adds than panels of channels.
  var isWorthwhile: Bool {
    let height = MatrixTile.rows
    let width = MatrixTile.columns
    let here = (window + height - 1) / height * height * panels * width
    let there = (s.channels + width - 1) / width * width * s.kernelHeight * s.kernelWidth * places
    return 5 * here < 3 * there && planeCount * planeSize < 4 * (s.channels * s.height * s.width + window * places)
  }

  /// Floats that an image needs: its maps packed; its sums and planes.
  var inputCount: Int { panels * MatrixTile.columns * s.maps }
  var outputCount: Int { window * places + planeCount * planeSize }

  /// One image from its maps.
  func paint(
    _ map: Floats, _ weight: Floats, _ image: MutableFloats, _ packed: MutableFloats, _ sums: MutableFloats,
    _ finish: ConvolutionFinish
  ) {
    // The columns are places, side by side or pixels apart.
    packPanels(map, s.hasPixels.map ? 1 : places, s.hasPixels.map ? s.maps : 1, s.maps, places, packed, 0, panels)
    var product = MatrixProduct(
      left: weight, leftRowStride: 1, leftDepthStride: window, panels: packed, output: sums, outputRowStride: places,
      rows: window, columns: places, depth: s.maps, accumulates: false, activation: .identity, slope: 0, bias: nil)
    multiply(&product, 0, window, 0, panels)
    let planes = sums + window * places
    addRows(sums, planes)
    for channel in 0..<s.channels {
      let target = image + channel * s.height * s.width
      collect(planes, channel, target, finish.bias?[channel] ?? 0)
      activateInPlace(target, s.height * s.width, finish.activation, finish.slope)
    }
  }

  /// Adds each row of sums to the plane where it falls.
  private func addRows(_ sums: Floats, _ planes: MutableFloats) {
    zero(planes, planeCount * planeSize)
    var from = sums
    for channel in 0..<s.channels {
      for y in 0..<s.kernelHeight {
        for x in 0..<s.kernelWidth {
          let plane = (channel * s.stride + y % s.stride) * s.stride + x % s.stride
          var to = planes + plane * planeSize + y / s.stride * planeColumns + x / s.stride
          for _ in 0..<s.rows {
            addInPlace(to, from, s.columns)
            from += s.columns
            to += planeColumns
          }
        }
      }
    }
  }

  /// Puts a channel's planes together and cuts the padding off; what no window reaches is zero.
  private func collect(_ planes: Floats, _ channel: Int, _ image: MutableFloats, _ bias: Float) {
    for row in 0..<s.height {
      let y = row + s.padding
      for phase in 0..<min(s.stride, s.width) {
        let x = phase + s.padding
        let plane = (channel * s.stride + y % s.stride) * s.stride + x % s.stride
        let from = planes + plane * planeSize + y / s.stride * planeColumns + x / s.stride
        let reached = y / s.stride < planeRows ? planeColumns - x / s.stride : 0
        var column = phase
        var i = 0
        while column < s.width {
          image[row * s.width + column] = (i < reached ? from[i] : 0) + bias
          column += s.stride
          i += 1
        }
      }
    }
  }
}
