// SPDX-License-Identifier: Apache-2.0
import Zlib

/// The bytes as a gzip stream; `path` only names the file in errors.
func packed(_ bytes: [UInt8], for path: String) throws(DatasetError) -> [UInt8] {
  do {
    return try Deflate.compress(bytes, as: .gzip)
  } catch {
    throw .unwritable(path: path, reason: "\(error)")
  }
}
