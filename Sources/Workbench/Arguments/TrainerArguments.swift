// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// One learning rate, or a pair of them for generator and discriminator.
struct RatesArgument: ValueConvertible {
  let pair: (Double, Double)

  static var typeName: String { "Float or pair" }

  static func convert(_ value: Value) -> RatesArgument? {
    if let rate = Double.convert(value) { return RatesArgument(pair: (rate, rate)) }
    return BetasArgument.convert(value).map { RatesArgument(pair: $0.pair) }
  }

  var value: Value { .tuple([.float(pair.0), .float(pair.1)]) }
}

/// Whether and how labels enter a GAN: `True`, `False`, or the word for a form.
struct ConditioningArgument: ValueConvertible {
  let conditioning: Conditioning?

  static var typeName: String { "Bool or word" }

  static func convert(_ value: Value) -> ConditioningArgument? {
    switch value {
    case .bool(let flag): ConditioningArgument(conditioning: flag ? .projection : nil)
    case .string(let name): Conditioning(rawValue: name).map { ConditioningArgument(conditioning: $0) }
    case .nothing: ConditioningArgument(conditioning: nil)
    default: nil
    }
  }

  var value: Value { conditioning.map { .string($0.rawValue) } ?? .bool(false) }
}

/// What is done to everything a discriminator sees: words such as `"translation"`, one or a list.
struct DifferentiableArgument: ValueConvertible {
  let operations: [DifferentiableAugmentation]
  let value: Value

  static var typeName: String { "word or List of words" }

  static func convert(_ value: Value) -> DifferentiableArgument? {
    guard let names = [String].convert(value) ?? String.convert(value).map({ [$0] }) else { return nil }
    var operations: [DifferentiableAugmentation] = []
    for name in names {
      guard let found = DifferentiableAugmentation.words.first(where: { $0.name == name }) else { return nil }
      operations.append(found.operation)
    }
    return DifferentiableArgument(operations: operations, value: value)
  }
}
