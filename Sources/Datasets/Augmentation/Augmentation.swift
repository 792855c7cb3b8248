// SPDX-License-Identifier: Apache-2.0
public import Tensors

/// Random changes in a row, and how images are mixed.
///
/// What is drawn for an image follows from the seed, the epoch and the image's row in the published set alone: not
/// from the batch it is in, and not from what was drawn for others.
public struct Augmentation: Sendable, Hashable, CustomStringConvertible {
  /// The changes, in the order in which they are made.
  public let transforms: [Transform]
  /// How two images become one, or nil.
  public let mixing: Mixing?

  /// Changes in a row.
  ///
  /// - Throws: `DatasetError.invalid` for a number out of its range.
  public init(_ transforms: [Transform], mixing: Mixing? = nil) throws(DatasetError) {
    for transform in transforms { try transform.check() }
    try mixing?.check()
    self.transforms = transforms
    self.mixing = mixing
  }

  /// As in `rotate ±12° → shift ±2 px → erase 6×6`.
  public var description: String {
    let parts = transforms.map(\.description) + [mixing?.description].compactMap { $0 }
    return parts.isEmpty ? "nothing" : parts.joined(separator: " → ")
  }

  /// An image changed, with what was drawn for it.
  public struct Result: Sendable {
    /// The numbers of the changed image.
    public let values: [Float]
    /// What was drawn, in order, as `rotate 7.3°`.
    public let draws: [String]
  }

  /// Changes one image; mixing is left out.
  ///
  /// - Parameters:
  ///   - values: Its numbers, [channel, height, width].
  ///   - shape: [channel, height, width].
  ///   - background: What lies outside the image.
  ///   - seed: What is drawn follows from it.
  /// - Returns: As many numbers, and what was drawn.
  /// - Throws: `DatasetError.invalid` if the shape is not that of an image, `DatasetError.shapeMismatch` if the numbers
  ///   do not fit it.
  public func applied(
    to values: [Float], shape: [Int], background: Float = 0, seed: UInt64
  ) throws(DatasetError) -> Result {
    guard shape.count == 3 else {
      throw .invalid(argument: "augment", value: shapeText(shape), allowed: "images, channel × height × width")
    }
    guard values.count == shape.reduce(1, *) else {
      throw .shapeMismatch(operation: "augment", left: shape, right: [values.count])
    }
    var painter = TransformPainter(
      image: ImagePlanes(
        channels: shape[0], height: shape[1], width: shape[2], values: values, background: background),
      generator: SplitMix64(seed: seed))
    for transform in transforms { painter.apply(transform) }
    painter.finish()
    return Result(values: painter.image.values, draws: painter.draws)
  }

  /// Changes a batch of images [count, channel, height, width]; mixing is left out.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - seed: What is drawn follows from it and from each image's place.
  /// - Returns: Images of the same shape, without history.
  /// - Throws: `DatasetError.invalid` if they are not images.
  public func applied(to images: Tensor, seed: UInt64) throws(DatasetError) -> Tensor {
    let shape = Array(images.shape.dimensions.dropFirst())
    guard shape.count == 3 else {
      throw .invalid(argument: "augment", value: "\(images.shape)", allowed: "images [count, channel, height, width]")
    }
    let size = shape.reduce(1, *)
    let numbers = images.scalars()
    // Images of −1 … 1 are black at −1.
    let background: Float = numbers.contains { $0 < 0 } ? -1 : 0
    var changed: [Float] = []
    changed.reserveCapacity(numbers.count)
    for index in 0..<images.shape[0] {
      let own = Array(numbers[index * size..<(index + 1) * size])
      let drawn = Self.seed(seed, epoch: 0, row: index)
      changed += try applied(to: own, shape: shape, background: background, seed: drawn).values
    }
    do {
      return try Tensor(changed, shape: images.shape)
    } catch {
      throw .tensor(error)
    }
  }

  /// What the draws of one image in one epoch follow from.
  static func seed(_ seed: UInt64, epoch: Int, row: Int) -> UInt64 {
    var generator = SplitMix64(seed: seed ^ (UInt64(truncatingIfNeeded: epoch) &* 0xD1B5_4A32_D192_ED03))
    var second = SplitMix64(seed: generator.next() ^ UInt64(truncatingIfNeeded: row))
    return second.next()
  }
}

/// Draws numbers and changes an image; changes of geometry are gathered until something else comes.
private struct TransformPainter {
  var image: ImagePlanes
  var generator: SplitMix64
  private(set) var draws: [String] = []
  private var map: AffineMap?

  init(image: ImagePlanes, generator: SplitMix64) {
    self.image = image
    self.generator = generator
  }

  mutating func apply(_ transform: Transform) {
    if moves(transform) { return }
    finish()
    switch transform {
    case .erase(let side): erase(side)
    case .noise(let deviation):
      for place in image.values.indices { image.values[place] += Float(deviation * generator.bell()) }
      draws.append("noise")
    case .contrast(let amount):
      let factor = Float(1 + generator.uniform(in: -amount...amount))
      let mean = image.values.reduce(0, +) / Float(max(image.values.count, 1))
      for place in image.values.indices { image.values[place] = (image.values[place] - mean) * factor + mean }
      draws.append("contrast ×\(shortText(Double(factor)))")
    case .blur(let deviation):
      let drawn = generator.uniform(in: 0...deviation)
      image = image.smoothed(deviation: drawn)
      draws.append("blur \(shortText(drawn)) px")
    case .elastic(let alpha, let sigma): bend(alpha, sigma)
    default: break
    }
  }

  /// Adds a change of geometry to the map; false for other changes.
  private mutating func moves(_ transform: Transform) -> Bool {
    var joined = map ?? AffineMap()
    switch transform {
    case .rotate(let degrees):
      let angle = generator.uniform(in: -degrees...degrees)
      joined.rotate(angle)
      draws.append("rotate \(shortText(angle))°")
    case .shift(let pixels):
      let (right, down) = (generator.uniform(in: -pixels...pixels), generator.uniform(in: -pixels...pixels))
      joined.shift(right, down)
      draws.append("shift \(shortText(right)), \(shortText(down)) px")
    case .scale(let lower, let upper):
      let factor = generator.uniform(in: lower...upper)
      joined.scale(factor)
      draws.append("scale ×\(shortText(factor))")
    case .shear(let degrees):
      let angle = generator.uniform(in: -degrees...degrees)
      joined.shear(angle)
      draws.append("shear \(shortText(angle))°")
    case .flip(let probability):
      guard generator.uniform() < probability else { return true }
      joined.flip()
      draws.append("flip")
    default: return false
    }
    map = joined
    return true
  }

  /// Makes the changes of geometry that were gathered.
  mutating func finish() {
    if let map { image = map.applied(to: image) }
    map = nil
  }

  private mutating func erase(_ side: Int) {
    let reach = min(side, image.height, image.width)
    let top = Int(generator.next() % UInt64(image.height - reach + 1))
    let left = Int(generator.next() % UInt64(image.width - reach + 1))
    image.blank(top: top, left: left, side: reach)
    draws.append("erase at \(left), \(top)")
  }

  private mutating func bend(_ alpha: Double, _ sigma: Double) {
    let (height, width) = (image.height, image.width)
    func field(_ generator: inout SplitMix64) -> [Float] {
      let raw = (0..<height * width).map { _ in Float(generator.uniform(in: -1...1)) }
      return gaussianBlur(raw, height: height, width: width, deviation: sigma)
    }
    let (across, along) = (field(&generator), field(&generator))
    image = image.warped { column, row in
      let place = row * width + column
      return (Double(column) + alpha * Double(across[place]), Double(row) + alpha * Double(along[place]))
    }
    draws.append("elastic")
  }
}
