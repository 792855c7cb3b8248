// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language

extension TrainerObject {
  /// Data in the scale that the trainer learned from, with a note where they came in another one.
  ///
  /// A net that learned from −1 … 1 is as good as blind to 0 … 1, and nothing else would tell.
  func inTrainingScale(_ data: Dataset, _ call: Call) -> Dataset {
    guard let known = trainer.state.loader?.data, let scaled = data.scaled(as: known) else { return data }
    let note = Text(
      "\(data.name) was \(data.valueRange); here it is \(scaled.valueRange), as \(name) learned from",
      zh: "\(data.name) 原为 \(data.valueRange)，此处已变换为 \(scaled.valueRange)，与 \(name) 的训练数据一致")
    call.emit(.note(note(call.language)))
    return scaled
  }
}
