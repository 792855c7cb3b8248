// SPDX-License-Identifier: Apache-2.0
import Tensors

extension Dataset {
  /// The examples at the given places, changed at random and scaled.
  ///
  /// - Parameters:
  ///   - indices: Places in the data.
  ///   - augmentation: What is done to each.
  ///   - epoch: Each epoch draws anew.
  ///   - seed: What is drawn follows from it, the epoch and each example's row in the published set.
  /// - Returns: Images [indices.count, channel, height, width] and labels [indices.count]; with mixing, labels are
  ///   probabilities [indices.count, classes].
  /// - Throws: `DatasetError.outOfRange`, `DatasetError.invalid` if examples are not images.
  public func batch(
    _ indices: [Int], augmentation: Augmentation, epoch: Int, seed: UInt64
  ) throws(DatasetError) -> Batch {
    for index in indices where index < 0 || index >= count { throw .outOfRange(index: index, count: count) }
    var values: [Float] = []
    values.reserveCapacity(indices.count * exampleSize)
    var labels: [Float] = []
    for index in indices {
      var generator = SplitMix64(seed: Augmentation.seed(seed, epoch: epoch, row: sourceRow(of: index)))
      var own = try augmented(index, augmentation, &generator).values
      if let mixing = augmentation.mixing {
        let partner = Int(generator.next() % UInt64(count))
        let other = try augmented(partner, augmentation, &generator).values
        let (mixed, weight) = mixing.mixed(own, with: other, shape: exampleShape, &generator)
        own = mixed
        labels += mixedLabel(index, partner, weight)
      }
      values += own.map { scaled($0) }
    }
    return try batch(indices, values, mixedLabels: augmentation.mixing == nil ? nil : labels)
  }

  /// The example with what was drawn for it, scaled; mixing is left out.
  ///
  /// - Throws: `DatasetError.outOfRange`, `DatasetError.invalid` if examples are not images.
  public func augmentedExample(
    _ index: Int, _ augmentation: Augmentation, epoch: Int, seed: UInt64
  ) throws(DatasetError) -> Augmentation.Result {
    guard index >= 0, index < count else { throw .outOfRange(index: index, count: count) }
    var generator = SplitMix64(seed: Augmentation.seed(seed, epoch: epoch, row: sourceRow(of: index)))
    let result = try augmented(index, augmentation, &generator)
    return Augmentation.Result(values: result.values.map { scaled($0) }, draws: result.draws)
  }

  /// The data set with each example followed, `times` times over all, by changed copies of itself.
  ///
  /// - Parameters:
  ///   - augmentation: What is done to each copy; mixing is left out.
  ///   - times: How many changed copies of each example there are.
  ///   - seed: What is drawn follows from it.
  /// - Returns: The originals, then the copies; labels stay.
  /// - Throws: `DatasetError.invalid` for a negative count or examples that are not images.
  public func augmented(
    by augmentation: Augmentation, times: Int = 1, seed: UInt64 = 0
  ) throws(DatasetError) -> Dataset {
    guard times >= 0, (product([times + 1, count, exampleSize]) ?? .max) <= FileBytes.sizeLimit else {
      throw .invalid(argument: "times", value: "\(times)", allowed: "0 or more, within memory")
    }
    var values: [Float] = []
    for epoch in 0..<times {
      for index in 0..<count {
        var generator = SplitMix64(seed: Augmentation.seed(seed, epoch: epoch, row: sourceRow(of: index)))
        values += try augmented(index, augmentation, &generator).values
      }
    }
    let storage: ExampleStorage =
      self.storage.isBytes
      ? .bytes(values.map { UInt8(clamping: Int((min(max($0, 0), 1) * 255).rounded())) }, offset: 0) : .floats(values)
    guard times > 0 else { return self }
    let copies = Dataset(
      name: name, split: split, exampleShape: exampleShape, classes: classes, source: source,
      cuts: cuts + ["augmented"], normalizations: normalizations, storage: storage,
      storedLabels: isLabelled ? (0..<times).flatMap { _ in labels.map(Int32.init) } : nil)
    return try concatenated(with: copies)
  }

  /// One example as it is stored, changed but not scaled.
  private func augmented(
    _ index: Int, _ augmentation: Augmentation, _ generator: inout SplitMix64
  ) throws(DatasetError) -> Augmentation.Result {
    try augmentation.applied(
      to: unscaled.example(index), shape: exampleShape, background: storage.isBytes ? 0 : storage.bounds.lower,
      seed: generator.next())
  }

  private func mixedLabel(_ index: Int, _ partner: Int, _ weight: Float) -> [Float] {
    var probabilities = [Float](repeating: 0, count: classes.count)
    guard let own = label(of: index), let other = label(of: partner) else { return probabilities }
    probabilities[own] += weight
    probabilities[other] += 1 - weight
    return probabilities
  }

  private func batch(
    _ indices: [Int], _ values: [Float], mixedLabels: [Float]?
  ) throws(DatasetError) -> Batch {
    do {
      let x = try Tensor(values, shape: Shape([indices.count] + exampleShape))
      guard isLabelled else { return Batch(x: x, y: nil, indices: indices) }
      if let mixedLabels {
        return Batch(x: x, y: try Tensor(mixedLabels, shape: [indices.count, classes.count]), indices: indices)
      }
      let labels = indices.map { Int64(label(of: $0) ?? 0) }
      return Batch(x: x, y: try Tensor(labels, shape: [indices.count]), indices: indices)
    } catch {
      throw .tensor(error)
    }
  }
}
