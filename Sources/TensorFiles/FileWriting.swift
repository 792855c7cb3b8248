// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Writes a file whole or not at all.
///
/// The bytes go to a new file beside it, reach the disk, and only then take its name: a reader sees the old contents
/// or the new ones, also after a crash. `pieces` are written one after the other.
func writeAtomically(
  _ path: String, _ write: (borrowing FileWriting) throws(TensorFileError) -> Void
) throws(TensorFileError) {
  let file = try FileWriting(beside: path)
  do throws(TensorFileError) {
    try write(file)
    try file.finish(as: path)
  } catch {
    file.discard()
    throw error
  }
}

/// A new file that does not have its name yet.
struct FileWriting: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32

  fileprivate init(beside path: String) throws(TensorFileError) {
    self.path = path
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: lastError()) }
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    // As for any other file; mkstemp keeps others out.
    let mask = umask(0)
    umask(mask)
    fchmod(descriptor, 0o666 & ~mask)
  }

  deinit {
    close(descriptor)
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(TensorFileError) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .unwritable(path: path, reason: lastError()) }
      done += count
    }
  }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(TensorFileError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(TensorFileError) in try write(buffer) }
    }
    try result.get()
  }

  fileprivate func finish(as path: String) throws(TensorFileError) {
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw .unwritable(path: path, reason: lastError())
    }
  }

  fileprivate func discard() {
    unlink(temporary)
  }
}
