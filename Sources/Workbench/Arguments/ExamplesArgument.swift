// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Tensors

/// Pictures or points, however they come: a data set, a batch, samples, a tensor.
struct ExamplesArgument: ValueConvertible {
  let value: Value

  static var typeName: String { "Dataset, Images or Tensor" }

  static func convert(_ value: Value) -> ExamplesArgument? {
    guard case .host(let object) = value else { return nil }
    return object is DatasetObject || object is BatchObject || object is any TensorHolder
      ? ExamplesArgument(value: value) : nil
  }

  /// The examples, [count] followed by the shape of one, and their labels where there are any.
  func examples() throws -> (x: Tensor, y: Tensor?) {
    if let data = DatasetObject.convert(value)?.data {
      return (try data.x(), data.isLabelled ? try data.y() : nil)
    }
    if let batch = BatchObject.convert(value)?.batch { return (batch.x, batch.y) }
    guard let tensor = Tensor.convert(value) else { throw DataFault.noImages(value.typeName) }
    return (tensor.detached(), nil)
  }

  /// The examples, with labels only for a VAE that wants them.
  func tensor(conditionedOn vae: VAEArgument, _ call: Call) throws -> (x: Tensor, y: Tensor?) {
    let data = DatasetObject.convert(value)?.data
    let scaled = data.map { ExamplesArgument(value: DatasetObject(vae.object.inTrainingScale($0, call)).value) }
    let (x, y) = try (scaled ?? self).examples()
    return (x, vae.trainer.isConditional ? y : nil)
  }

  /// The values shown as black and white: what the pictures say of themselves, or what they hold.
  func range() throws -> ClosedRange<Float> {
    if let data = DatasetObject.convert(value)?.data { return data.valueRange.lower...data.valueRange.upper }
    if let batch = BatchObject.convert(value) { return batch.origin.valueRange.lower...batch.origin.valueRange.upper }
    if case .host(let object) = value, let images = object as? ImagesObject { return images.range }
    let values = try examples().x.scalars().filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    if low >= 0, high <= 1 { return 0...1 }
    if low >= -1, high <= 1 { return -1...1 }
    return low < high ? low...high : 0...1
  }
}
