// SPDX-License-Identifier: Apache-2.0
import Tensors

/// The square window of a convolution or of pooling.
public struct ConvolutionWindow: Sendable, Hashable, CustomStringConvertible {
  /// Height and width of the window.
  public let kernelSize: Int
  /// How far the window moves at a time.
  public let stride: Int
  /// How many zeros surround the image.
  public let padding: Int

  /// Makes a window.
  public init(kernelSize: Int, stride: Int = 1, padding: Int = 0) {
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = padding
  }

  /// As in `4×4, stride 2, padding 1`, without what is usual.
  public var description: String {
    "\(kernelSize)×\(kernelSize)" + (stride == 1 ? "" : ", stride \(stride)")
      + (padding == 0 ? "" : ", padding \(padding)")
  }

  /// Throws when a setting is out of range.
  func check(for layer: String) throws(LayerError) {
    try require((1...4096).contains(kernelSize), "kernel", kernelSize, needs: "1 to 4096", for: layer)
    try require((1...4096).contains(stride), "stride", stride, needs: "1 to 4096", for: layer)
    try require((0...4096).contains(padding), "padding", padding, needs: "0 to 4096", for: layer)
  }

  /// The positions of the window along an axis.
  func outputSize(_ size: Int) -> Int {
    let room = size &+ 2 &* padding &- kernelSize
    return room < 0 ? 0 : room / stride + 1
  }

  /// The axis over which a window would find so many positions.
  func transposedSize(_ size: Int) -> Int {
    (size &- 1) &* stride &- 2 &* padding &+ kernelSize
  }
}

/// Throws unless a shape is [batch, channels, height, width].
func requireImages(_ shape: Shape, channels: Int, for layer: any Layer) throws(LayerError) {
  guard shape.rank == 4 else { throw LayerError(.rank(expected: [4]), in: layer, input: shape) }
  guard shape[1] == channels else {
    throw LayerError(.channels(expected: channels, found: shape[1]), in: layer, input: shape)
  }
}
