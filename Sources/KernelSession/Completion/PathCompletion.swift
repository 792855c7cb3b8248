// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Files and folders that a half-typed path could mean.
enum PathCompletion {
  /// At most this many are offered.
  static let limit = 500

  /// The paths that begin with `typed`; folders end in `/`, hidden ones come only when their dot is typed.
  static func matches(_ typed: String) -> [Completion.Match] {
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let name = String(typed[(slash.map { typed.index(after: $0) } ?? typed.startIndex)...])
    let opened = FileBytes.expandingHome(folder.isEmpty ? "." : folder)
    return entries(of: opened, startingWith: name).map { entry in
      let isFolder = isFolder(opened + "/" + entry)
      return Completion.Match(folder + entry + (isFolder ? "/" : ""), .path)
    }
  }

  private static func entries(of folder: String, startingWith name: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(directory) {
      let found = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard found != ".", found != "..", found.hasPrefix(name), name.hasPrefix(".") || !found.hasPrefix(".") else {
        continue
      }
      names.append(found)
    }
    return names.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
