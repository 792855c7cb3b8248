// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Bias and activation on an output with channels innermost, and its way into PyTorch's order where that is asked for.
struct FinishedOutput {
  let finish: ConvolutionFinish
  let channels: Int
  /// Pixels of an image.
  let places: Int
  /// Whether the output stays as it is.
  let hasPixels: Bool

  /// Finishes images [place, channel] and writes them as [channel, place] unless they stay.
  func finish(_ inner: MutableFloats, _ output: MutableFloats, _ count: Int) {
    for image in 0..<count {
      let from = inner + image * places * channels
      let to = output + image * places * channels
      if let bias = finish.bias {
        for place in 0..<places { addInPlace(from + place * channels, bias, channels) }
      }
      if channels == 1 {
        mapVectors(from, to, 0, places) { $0 }
        activateInPlace(to, places, finish.activation, finish.slope)
      } else {
        activateInPlace(from, places * channels, finish.activation, finish.slope)
        if hasPixels { continue }
        transpose(from, channels, channels, to, places, 0, places)
      }
    }
  }
}
