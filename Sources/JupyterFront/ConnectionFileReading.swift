// SPDX-License-Identifier: Apache-2.0
import Glibc
public import JupyterProtocol

extension ConnectionFile {
  /// Most bytes that a connection file may have.
  private static let mostBytes = 1 << 20

  /// Reads the connection file at `path`.
  public init(path: String) throws(ConnectionFileError) {
    guard let file = Descriptor(open(path, O_RDONLY | O_CLOEXEC)) else {
      throw .unreadable(reason: String(cString: strerror(errno)))
    }
    var bytes: [UInt8] = []
    while bytes.count <= Self.mostBytes {
      let more = file.read(limit: 64 << 10)
      if more.isEmpty { break }
      bytes += more
    }
    guard !bytes.isEmpty else { throw .unreadable(reason: "it is empty or no file") }
    guard bytes.count <= Self.mostBytes else { throw .unreadable(reason: "it is too large") }
    try self.init(parsing: bytes)
  }
}
