// SPDX-License-Identifier: Apache-2.0

/// Figures about a data set: its card.
extension Dataset {
  /// How many examples each class has, in the order of the labels; empty without labels.
  public var classCounts: [Int] {
    var counts = Array(repeating: 0, count: classes.count)
    for label in labels where counts.indices.contains(label) { counts[label] += 1 }
    return counts
  }

  /// The sum of all stored bytes, or nil when the numbers are not bytes.
  ///
  /// The published sets have known sums, so a damaged copy shows.
  public var pixelSum: Int? {
    guard storage.isBytes else { return nil }
    var total = 0
    for index in 0..<count {
      withBytes(of: index) { bytes in for byte in bytes { total &+= Int(byte) } }
    }
    return total
  }

  /// Mean and standard deviation of all numbers before any change of scale.
  public var moments: (mean: Double, deviation: Double) {
    var sum = 0.0
    var squares = 0.0
    var buffer = [Float](repeating: 0, count: exampleSize)
    let plain = unscaled
    for index in 0..<count {
      buffer.withUnsafeMutableBufferPointer { plain.copyExample(index, to: $0) }
      for number in buffer {
        sum += Double(number)
        squares += Double(number) * Double(number)
      }
    }
    let total = Double(max(count * exampleSize, 1))
    let mean = sum / total
    return (mean, max(squares / total - mean * mean, 0).squareRoot())
  }

  /// How many examples are the same, number for number, as an earlier one.
  public var duplicateCount: Int {
    var seen: Set<[Float]> = []
    var bytesSeen: Set<UInt64> = []
    var repeated = 0
    for index in 0..<count {
      let isNew =
        storage.isBytes ? bytesSeen.insert(fingerprint(of: index)).inserted : seen.insert(example(index)).inserted
      if !isNew { repeated += 1 }
    }
    return repeated
  }

  /// How many examples also occur in `other`, compared number for number as stored.
  ///
  /// - Throws: `DatasetError.shapeMismatch` if the examples differ in shape.
  public func overlap(with other: Dataset) throws(DatasetError) -> Int {
    guard exampleShape == other.exampleShape else {
      throw .shapeMismatch(operation: "overlap", left: exampleShape, right: other.exampleShape)
    }
    let known = Set((0..<other.count).map { other.fingerprint(of: $0) })
    return (0..<count).filter { known.contains(fingerprint(of: $0)) }.count
  }

  /// How many examples hold one and the same number everywhere.
  public var blankCount: Int {
    (0..<count).filter { index in
      let numbers = example(index)
      return numbers.allSatisfy { $0 == numbers.first }
    }.count
  }

  /// The mean of the examples of one class (of all, if nil), scaled as batches are.
  ///
  /// The result has `exampleSize` numbers, all zero if the class is empty.
  public func meanExample(ofClass label: Int? = nil) -> [Float] {
    var sums = [Double](repeating: 0, count: exampleSize)
    var found = 0
    for index in 0..<count where label == nil || self.label(of: index) == label {
      for (place, number) in example(index).enumerated() { sums[place] += Double(number) }
      found += 1
    }
    return sums.map { Float($0 / Double(max(found, 1))) }
  }

  /// A number that changes when an example, a label or their order changes.
  ///
  /// The scale does not enter. Not meant against forgery.
  public var fingerprint: UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: exampleSize)
    for index in 0..<count {
      hash = mixed(hash, fingerprint(of: index))
      if let label = label(of: index) { hash = mixed(hash, UInt64(truncatingIfNeeded: label)) }
    }
    return hash
  }

  /// A number that stands for the stored numbers of one example.
  private func fingerprint(of index: Int) -> UInt64 {
    var hash: UInt64 = 0x243F_6A88_85A3_08D3
    switch storage {
    case .bytes:
      withBytes(of: index) { bytes in
        var start = 0
        while start < bytes.count {
          var word: UInt64 = 0
          for place in start..<min(start + 8, bytes.count) { word = word << 8 | UInt64(bytes[place]) }
          hash = mixed(hash, word)
          start += 8
        }
      }
    case .floats:
      for number in unscaled.example(index) { hash = mixed(hash, UInt64(number.bitPattern)) }
    }
    return hash
  }
}

/// One round of SplitMix64's finisher over the two words.
private func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
  var bits = (hash ^ word) &* 0xBF58_476D_1CE4_E5B9
  bits = (bits ^ (bits >> 31)) &* 0x94D0_49BB_1331_11EB
  return bits ^ (bits >> 29)
}
