// SPDX-License-Identifier: Apache-2.0
import Datasets
import Layers

extension ValueRange {
  /// The last activation of a net whose output shall have these values; nil when none bounds them.
  var outputActivation: ActivationLayer.Kind? {
    if ValueRange.unit.contains(self) { return .sigmoid }
    return ValueRange.symmetric.contains(self) ? .tanh : nil
  }
}
