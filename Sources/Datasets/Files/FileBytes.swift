// SPDX-License-Identifier: Apache-2.0
import Glibc
import Zlib

/// Whole files in and out, and what a folder holds.
enum FileBytes {
  /// No file that holds a data set is larger; a wrong path to a disk image must not fill the memory.
  static let sizeLimit = 2 << 30

  /// What stands at a path.
  enum Kind { case file, folder, nothing }

  static func kind(of path: String) -> Kind {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return .nothing }
    return facts.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  /// The contents of a file, unpacked if it begins as a gzip file does.
  static func read(_ path: String) throws(DatasetError) -> [UInt8] {
    try unpacked(try readAsStored(path), path: path)
  }

  /// The contents of a gzip stream; other bytes as they are.
  ///
  /// `path` only names the file in errors.
  static func unpacked(_ bytes: [UInt8], path: String) throws(DatasetError) -> [UInt8] {
    guard Deflate.isGzip(bytes) else { return bytes }
    do {
      return try Deflate.decompress(bytes, as: .gzip, limit: sizeLimit)
    } catch {
      switch error {
      case .tooLarge(let limit): throw .tooLarge(path: path, bytes: limit + 1, limit: limit)
      default: throw .damagedCompression(path: path, reason: "\(error)")
      }
    }
  }

  /// The contents of a file as they are.
  static func readAsStored(_ path: String) throws(DatasetError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .notFound(path: path) : .unreadable(path: path, reason: systemReason())
    }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, reason: "not a plain file") }
    let size = Int(facts.st_size)
    guard size <= sizeLimit else { throw .tooLarge(path: path, bytes: size, limit: sizeLimit) }
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      while filled < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = systemReason() }
        guard got > 0 else { return }
        filled += got
      }
    }
    if let failure { throw .unreadable(path: path, reason: failure) }
    return bytes
  }

  /// Writes a file whole or not at all: a new file beside it takes its name once it is complete.
  static func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
    let temporary = "\(path).\(getpid()).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: systemReason()) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    let isWhole = written == bytes.count
    let reason = systemReason()
    guard close(descriptor) == 0, isWhole, rename(temporary, path) == 0 else {
      let shown = isWhole ? systemReason() : reason
      unlink(temporary)
      throw .unwritable(path: path, reason: shown)
    }
  }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(DatasetError) {
    var built = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      built += (built.isEmpty || built == "/" ? "" : "/") + part
      if mkdir(built, 0o755) != 0, errno != EEXIST { throw .unwritable(path: built, reason: systemReason()) }
    }
    guard kind(of: path) == .folder else { throw .unwritable(path: path, reason: "a file is in the way") }
  }

  /// The names in a folder, sorted so that 2 comes before 10; hidden ones left out.
  static func names(in folder: String) throws(DatasetError) -> [String] {
    guard let handle = opendir(folder) else {
      throw errno == ENOENT ? .notFound(path: folder) : .unreadable(path: folder, reason: systemReason())
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted(by: comesBefore)
  }

  /// The system's text for the error that just occurred.
  private static func systemReason() -> String { String(cString: strerror(errno)) }

  /// Numbers by their value, other names letter by letter.
  private static func comesBefore(_ left: String, _ right: String) -> Bool {
    let numbers = (Int(left.prefix { $0.isNumber }), Int(right.prefix { $0.isNumber }))
    if let first = numbers.0, let second = numbers.1, first != second { return first < second }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
