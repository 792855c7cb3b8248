// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import QualityMetrics
import Tensors

/// Samples to be measured: those of a trainer, or pictures however they come.
struct SamplesArgument: ValueConvertible {
  let value: Value

  static var typeName: String { "Trainer, Images or Dataset" }

  static func convert(_ value: Value) -> SamplesArgument? {
    SamplerArgument.convert(value) != nil || ExamplesArgument.convert(value) != nil
      ? SamplesArgument(value: value) : nil
  }

  /// The name in captions.
  var name: String {
    SamplerArgument.convert(value)?.object.name ?? DatasetObject.convert(value)?.data.name ?? "samples"
  }

  /// The data that a trainer learns from, or the data themselves.
  var data: Dataset? {
    SamplerArgument.convert(value)?.object.trainer.state.loader?.data ?? DatasetObject.convert(value)?.data
  }

  /// Pixels 0 … 1, [count, channel, height, width], and the classes that a conditional trainer was asked for.
  ///
  /// A trainer makes `count` samples; pictures are taken as they are, at most `count`.
  func pixels(_ count: Int) throws -> (images: Tensor, labels: [Int]?) {
    if let trainer = SamplerArgument.convert(value) {
      let range = trainer.object.trainer.state.loader?.data.valueRange ?? .unit
      let labels = trainer.sampler.takesLabels ? trainer.labels(count) : nil
      let made = try trainer.sampler.samples(count, labels: labels)
      return (try QualityMetrics.pixels(of: made, from: range), labels)
    }
    guard let examples = ExamplesArgument.convert(value) else { throw DataFault.noImages(value.typeName) }
    var images = try examples.pictures()
    if images.shape[0] > count { images = try images.sliced(axis: 0, from: 0, to: count) }
    let range = try examples.range()
    return (try QualityMetrics.pixels(of: images, from: ValueRange(range.lowerBound, range.upperBound)), nil)
  }
}

extension SamplerArgument {
  /// Each class in turn.
  fileprivate func labels(_ count: Int) -> [Int] {
    let classes = max(object.trainer.state.loader?.data.classes.count ?? 1, 1)
    return (0..<count).map { $0 % classes }
  }
}
