// SPDX-License-Identifier: Apache-2.0

extension DifferentiableAugmentation {
  /// The kinds by the words that people type, each with its usual amount.
  public static let words: [(name: String, operation: DifferentiableAugmentation)] = [
    ("brightness", .brightness(0.5)), ("contrast", .contrast(0.5)), ("translation", .translation(pixels: 3)),
    ("cutout", .cutout(size: 8)),
  ]

  /// A short form for settings and files, as `translation:4`.
  public var code: String {
    switch self {
    case .brightness(let amount): "brightness:\(amount)"
    case .contrast(let amount): "contrast:\(amount)"
    case .translation(let pixels): "translation:\(pixels)"
    case .cutout(let size): "cutout:\(size)"
    }
  }

  /// What a word or a short form stands for; nil if it is neither.
  init?(code: String) {
    if let word = Self.words.first(where: { $0.name == code }) {
      self = word.operation
      return
    }
    let parts = code.split(separator: ":").map(String.init)
    guard parts.count == 2, let number = Double(parts[1]) else { return nil }
    switch parts[0] {
    case "brightness": self = .brightness(number)
    case "contrast": self = .contrast(number)
    case "translation": self = .translation(pixels: Int(exactly: number) ?? 0)
    case "cutout": self = .cutout(size: Int(exactly: number) ?? 0)
    default: return nil
    }
  }

  /// The changes of a setting: words or short forms between commas, or none.
  ///
  /// - Throws: `TrainerError.setting` for what is no such word.
  static func list(_ value: SettingValue) throws(TrainerError) -> [DifferentiableAugmentation] {
    if value == .none { return [] }
    guard case .text(let text) = value else { throw fault(value) }
    return try text.split(separator: ",").map { (part) throws(TrainerError) in
      guard let operation = DifferentiableAugmentation(code: String(part)) else { throw fault(value) }
      return operation
    }
  }

  private static func fault(_ value: SettingValue) -> TrainerError {
    let known = words.map { "\"\($0.name)\"" }.joined(separator: ", ")
    return .setting(name: "diffaug", value: value.description, needs: "a word or a list of words of \(known)")
  }
}
