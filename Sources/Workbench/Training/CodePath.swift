// SPDX-License-Identifier: Apache-2.0
import Glibc
import Tensors

/// A way from one code to another.
enum CodePath: String, CaseIterable {
  /// The straight line; it cuts through where a standard normal distribution has no codes.
  case line
  /// The arc around 0, with the length changing evenly. Shoemake 1985; for codes White 2016, arXiv:1609.04468.
  case arc

  /// The code after a share 0 … 1 of the way.
  ///
  /// - Throws: `TensorError` if the codes differ in length.
  func code(_ share: Double, from start: Tensor, to end: Tensor) throws(TensorError) -> Tensor {
    let (first, last) = try weights(share, from: start, to: end)
    return try start * first + end * last
  }

  private func weights(
    _ share: Double, from start: Tensor, to end: Tensor
  ) throws(TensorError) -> (Double, Double) {
    let line = (1 - share, share)
    guard self == .arc else { return line }
    let lengths = (try norm(start).item(), try norm(end).item())
    guard lengths.0 > 0, lengths.1 > 0 else { return line }
    let cosine = try sum(start * end).item() / (lengths.0 * lengths.1)
    let angle = acos(min(max(cosine, -1), 1))
    // Along one line through 0, or against it, no arc is told from another.
    guard sin(angle) > 1e-6 else { return line }
    return (sin((1 - share) * angle) / sin(angle), sin(share * angle) / sin(angle))
  }
}
