// SPDX-License-Identifier: Apache-2.0

/// The gradient of a function of one tensor by central differences, to check the automatic one against.
///
/// `function` gives one element. `step` is how far each element is moved either way. Throws what the function throws,
/// and when its result has several elements.
public func numericalGradient(
  of function: (Tensor) throws(TensorError) -> Tensor, at x: Tensor, step: Double = 1e-2
) throws(TensorError) -> Tensor {
  let values = try x.floats().scalars()
  var slopes = [Float](repeating: 0, count: values.count)
  for i in values.indices {
    func moved(by distance: Double) throws(TensorError) -> Double {
      var changed = values
      changed[i] += Float(distance)
      let at = try Tensor(changed, shape: x.shape)
      return try withoutRecording { () throws(TensorError) in try function(at).item() }
    }
    // Two step widths, combined so that the error of second order cancels.
    let wide = try (moved(by: step) - moved(by: -step)) / (2 * step)
    let narrow = try (moved(by: step / 2) - moved(by: -step / 2)) / step
    slopes[i] = Float((4 * narrow - wide) / 3)
  }
  return try Tensor(slopes, shape: x.shape)
}
