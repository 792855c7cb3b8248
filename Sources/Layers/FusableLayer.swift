// SPDX-License-Identifier: Apache-2.0
import Tensors

/// A layer that can apply an activation while it writes its output.
protocol FusableLayer: Layer {
  /// The output followed by an activation, in one pass; the same numbers as one after the other.
  func forward(_ input: Tensor, activation: Activation, in context: ForwardContext) throws(LayerError) -> LayerOutput
}
