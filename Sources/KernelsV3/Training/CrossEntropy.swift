// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// Cross-entropy of each row of logits in a range with its label, and its gradient where it is wanted.
func crossEntropyRows(
  _ logits: Floats, _ labels: UnsafePointer<Int64>, _ classes: Int, _ losses: MutableFloats,
  _ gradient: MutableFloats?, _ scale: Float, _ firstRow: Int, _ endRow: Int
) {
  for row in firstRow..<max(firstRow, endRow) {
    let x = logits + row * classes
    let label = Int(labels[row])
    let largest = reduceRow(.maximum, x, classes)
    let total = sumOfExponentials(x, classes, shift: largest)
    losses[row] = logarithm(splat(total))[0] + (largest - x[label])
    guard let gradient else { continue }
    let target = gradient + row * classes
    let factor = splat(scale / total)
    mapVectors(x, target, 0, classes) { exponential($0 - splat(largest)) * factor }
    target[label] -= scale
  }
}
