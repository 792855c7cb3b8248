// SPDX-License-Identifier: Apache-2.0
public import Datasets

extension Augmentation {
  /// A short form for files, as `rotate:12.0 erase:6.0 mixup:0.2`.
  public var code: String { (transforms.map(\.code) + [mixing?.code].compactMap { $0 }).joined(separator: " ") }

  /// The changes that a short form stands for.
  ///
  /// - Throws: `DatasetError.invalid` for a change that is not known or a number out of its range.
  init(code: String) throws(DatasetError) {
    var transforms: [Transform] = []
    var mixing: Mixing?
    for part in code.split(separator: " ").map(String.init) {
      if let transform = Transform(code: part) {
        transforms.append(transform)
      } else if let way = Mixing(code: part) {
        mixing = way
      } else {
        throw .invalid(argument: "augment", value: part, allowed: "a change of images that this version knows")
      }
    }
    try self.init(transforms, mixing: mixing)
  }
}

extension Transform {
  fileprivate var code: String {
    switch self {
    case .rotate(let degrees): "rotate:\(degrees)"
    case .shift(let pixels): "shift:\(pixels)"
    case .scale(let lower, let upper): "scale:\(lower):\(upper)"
    case .shear(let degrees): "shear:\(degrees)"
    case .flip(let probability): "flip:\(probability)"
    case .erase(let side): "erase:\(side)"
    case .noise(let deviation): "noise:\(deviation)"
    case .contrast(let amount): "contrast:\(amount)"
    case .blur(let deviation): "blur:\(deviation)"
    case .elastic(let alpha, let sigma): "elastic:\(alpha):\(sigma)"
    }
  }

  fileprivate init?(code: String) {
    let (name, numbers) = parts(of: code)
    switch (name, numbers.count) {
    case ("rotate", 1): self = .rotate(degrees: numbers[0])
    case ("shift", 1): self = .shift(pixels: numbers[0])
    case ("scale", 2): self = .scale(lower: numbers[0], upper: numbers[1])
    case ("shear", 1): self = .shear(degrees: numbers[0])
    case ("flip", 1): self = .flip(probability: numbers[0])
    case ("erase", 1):
      guard let side = Int(exactly: numbers[0]) else { return nil }
      self = .erase(side: side)
    case ("noise", 1): self = .noise(deviation: numbers[0])
    case ("contrast", 1): self = .contrast(amount: numbers[0])
    case ("blur", 1): self = .blur(deviation: numbers[0])
    case ("elastic", 2): self = .elastic(alpha: numbers[0], sigma: numbers[1])
    default: return nil
    }
  }
}

extension Mixing {
  fileprivate var code: String {
    switch self {
    case .mixup(let alpha): "mixup:\(alpha)"
    case .cutMix(let alpha): "cutmix:\(alpha)"
    }
  }

  fileprivate init?(code: String) {
    let (name, numbers) = parts(of: code)
    switch (name, numbers.count) {
    case ("mixup", 1): self = .mixup(alpha: numbers[0])
    case ("cutmix", 1): self = .cutMix(alpha: numbers[0])
    default: return nil
    }
  }
}

/// The name and the numbers of one change; numbers that are none are left out, so that their count is wrong.
private func parts(of code: String) -> (name: String, numbers: [Double]) {
  let words = code.split(separator: ":").map(String.init)
  return (words.first ?? "", words.dropFirst().compactMap { Double($0) })
}
