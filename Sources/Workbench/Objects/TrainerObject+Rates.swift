// SPDX-License-Identifier: Apache-2.0
import Generative
import Language
import Layers

extension TrainerObject {
  /// The rate of each optimizer, in their order.
  var rates: [Double] { trainer.optimizers.map(\.optimizer.learningRate) }

  /// The rate of all optimizers, or where they differ all rates, in the order in which they can be given.
  var rateValue: Value? {
    guard let first = rates.first else { return nil }
    return rates.allSatisfy { $0 == first } ? .float(first) : .tuple(rates.map { .float($0) })
  }

  /// What a value given for a setting changes: `lr` may hold a rate for each optimizer.
  ///
  /// - Returns: The changes, or nil for a value that no setting holds.
  /// - Throws: `TrainerError.setting` for rates that are not as many as the optimizers.
  func settings(_ name: String, _ value: Value) throws -> [NamedSetting]? {
    if let setting = SettingValue(value) { return [NamedSetting(name, setting)] }
    if name == "augment", TransformObject.convert(value) != nil {
      throw TrainingFault.singleTransform(self.name)
    }
    if name == "augment", let changes = AugmentationObject.convert(value) {
      return [NamedSetting(name, .text(changes.augmentation.code))]
    }
    if name == "diffaug", let words = [String].convert(value) {
      return [NamedSetting(name, words.isEmpty ? .none : .text(words.joined(separator: ",")))]
    }
    guard name == "lr", let rates = [Double].convert(value) else { return nil }
    let names = trainer.optimizers.map(\.name)
    guard rates.count == names.count else {
      let shown = "(" + rates.map { "\($0)" }.joined(separator: ", ") + ")"
      throw TrainerError.setting(
        name: name, value: shown,
        needs: names.count > 1 ? "a rate, or a rate for each of \(names.joined(separator: ", "))" : "one rate")
    }
    return zip(names, rates).map { NamedSetting("\($0).lr", .number($1)) }
  }
}
