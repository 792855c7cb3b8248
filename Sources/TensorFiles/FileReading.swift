// SPDX-License-Identifier: Apache-2.0
import Glibc

/// An open file that is read piece by piece.
struct FileReading: ~Copyable {
  let path: String
  /// How many bytes the file has.
  let size: Int
  private let descriptor: Int32

  init(_ path: String) throws(TensorFileError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: lastError()) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path: path, reason: "it is not a file")
    }
    self.descriptor = descriptor
    size = Int(info.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// Reads exactly as many bytes as the buffer holds, from a place in the file.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TensorFileError) {
    var done = 0
    while done < buffer.count {
      let count = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path: path, reason: lastError()) }
      guard count > 0 else { throw .unreadable(path: path, reason: "it ended early") }
      done += count
    }
  }

  /// A run of bytes of the file.
  func bytes(at offset: Int, count: Int) throws(TensorFileError) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
      throw .unreadable(path: path, reason: "it ended early")
    }
    var failure: TensorFileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(TensorFileError) {
        try read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
        initialized = count
      } catch {
        failure = error
        initialized = 0
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

/// What the system says about the last call that failed.
func lastError() -> String { String(cString: strerror(errno)) }
