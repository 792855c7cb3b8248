// SPDX-License-Identifier: Apache-2.0

/// From stored numbers to float32, one example at a time.
extension Dataset {
  /// The numbers of one example, scaled; `index` must be in 0 ..< `count`.
  public func example(_ index: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: exampleSize) { buffer, filled in
      copyExample(index, to: buffer)
      filled = exampleSize
    }
  }

  /// Writes the scaled numbers of one example to the start of `destination`, which must have room for them.
  func copyExample(_ index: Int, to destination: UnsafeMutableBufferPointer<Float>) {
    gather(CollectionOfOne(index), to: destination)
  }

  /// Writes the scaled numbers of the examples `indices`, one after the other, to `destination`.
  ///
  /// Bytes go through a table of 256 floats, so the scale costs nothing.
  func gather(_ indices: some Collection<Int>, to destination: UnsafeMutableBufferPointer<Float>) {
    let size = exampleSize
    precondition(destination.count >= indices.count * size, "The buffer must hold every example.")
    switch storage {
    case .bytes(let bytes, let offset):
      let table = scaleTable
      table.withUnsafeBufferPointer { table in
        bytes.withUnsafeBufferPointer { bytes in
          var place = 0
          for index in indices {
            let start = offset + sourceRow(of: index) * size
            precondition(start >= 0 && start + size <= bytes.count, "The example must be inside.")
            for pixel in start..<start + size {
              destination[place] = table[Int(bytes[pixel])]
              place &+= 1
            }
          }
        }
      }
    case .floats(let numbers, _):
      numbers.withUnsafeBufferPointer { numbers in
        var place = 0
        for index in indices {
          let start = sourceRow(of: index) * size
          for number in start..<start + size {
            destination[place] = scaled(numbers[number])
            place &+= 1
          }
        }
      }
    }
  }

  /// What each byte becomes.
  private var scaleTable: [Float] { (0..<256).map { scaled(Float($0) / 255) } }

  /// Calls `body` with the stored bytes of one example; with nothing when the storage is not bytes.
  func withBytes<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    guard case .bytes(let bytes, let offset) = storage else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    let start = offset + sourceRow(of: index) * exampleSize
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<start + exampleSize])) }
  }

  /// The examples as bytes 0 … 255, for files and pictures.
  ///
  /// Stored bytes come back as they are; other numbers are stretched from `valueRange` to 0 … 255 and rounded.
  public func bytes(of index: Int) -> [UInt8] {
    if storage.isBytes { return withBytes(of: index) { Array($0) } }
    let range = valueRange
    let width = range.upper - range.lower
    return example(index).map { number in
      let stretched = width > 0 ? (number - range.lower) / width * 255 : 0
      return UInt8(clamping: Int((stretched.isFinite ? min(max(stretched, 0), 255) : 0).rounded()))
    }
  }
}
