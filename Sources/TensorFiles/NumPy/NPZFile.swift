// SPDX-License-Identifier: Apache-2.0

/// Named arrays in NumPy's `.npz` format: a zip file of `.npy` files.
public struct NPZFile: Sendable {
  /// The arrays in the order in which they are written.
  public var arrays: [(name: String, array: NumPyArray)]

  /// Gathers what is to be written.
  public init(arrays: [(name: String, array: NumPyArray)] = []) {
    self.arrays = arrays
  }

  /// Reads a file, as `numpy.savez` and `numpy.savez_compressed` write it.
  ///
  /// Only arrays named in `names` are unpacked when it is given. Throws when the file cannot be read, is damaged, or
  /// holds what no tensor can.
  public init(contentsOf path: String, names: Set<String>? = nil) throws(TensorFileError) {
    let file = try FileReading(path)
    try self.init(file.bytes(at: 0, count: file.size), names: names)
  }

  /// Reads the bytes of a file.
  ///
  /// Throws when they are damaged, or hold what no tensor can.
  public init(_ bytes: [UInt8], names: Set<String>? = nil) throws(TensorFileError) {
    arrays = []
    let archive = try ZipReading(bytes)
    for entry in archive.entries {
      let name = entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : entry.name
      if let names, !names.contains(name) { continue }
      arrays.append((name, try NPYFile.decode(archive.contents(of: entry))))
    }
  }

  /// The array of a name.
  ///
  /// Throws when there is none.
  public func array(_ name: String) throws(TensorFileError) -> NumPyArray {
    guard let found = arrays.first(where: { $0.name == name }) else {
      throw .missing(name: name, present: arrays.map(\.name))
    }
    return found.array
  }

  /// Writes a file whole or not at all, deflated or as it is.
  ///
  /// Throws when it cannot be written.
  public func write(to path: String, compressing: Bool = false) throws(TensorFileError) {
    let bytes = try encode(compressing: compressing)
    try writeAtomically(path) { (file) throws(TensorFileError) in try file.write(bytes) }
  }

  /// The bytes of the file.
  ///
  /// Throws when two arrays have one name, or all are more than a zip file can hold.
  public func encode(compressing: Bool = false) throws(TensorFileError) -> [UInt8] {
    var archive = ZipWriting()
    for (name, array) in arrays {
      try archive.append(name + ".npy", NPYFile.encode(array), compressing: compressing)
    }
    return try archive.finished()
  }
}
