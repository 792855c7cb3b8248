// SPDX-License-Identifier: Apache-2.0
import Glibc
public import JupyterProtocol

extension KernelFolder {
  /// The pictures that launchers show, by file name.
  private static let logos = ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]

  /// Writes the specification and the logos; an older one of ours is replaced file by file.
  ///
  /// - Parameters:
  ///   - spec: What `kernel.json` says.
  ///   - logos: The pictures by file name.
  /// - Throws: `InstallationError` when a file cannot be written or the folder holds another kernel.
  public func install(_ spec: KernelSpec, logos: [String: [UInt8]]) throws(InstallationError) {
    if exists("kernel.json"), !isOurs { throw .notOurs(path: path) }
    try makeFolders()
    for (name, bytes) in logos.sorted(by: { $0.key < $1.key }) { try write(bytes, to: name) }
    // Last, because clients take a folder with this file for a kernel.
    try write(spec.json.serialized + [0x0A], to: "kernel.json")
  }

  /// Removes what `install` wrote.
  ///
  /// - Throws: `InstallationError` when there is no kernel, it is not Easel, or a file cannot be removed.
  public func uninstall() throws(InstallationError) {
    guard exists("kernel.json") else { throw .notInstalled(path: path) }
    guard isOurs else { throw .notOurs(path: path) }
    for name in ["kernel.json"] + Self.logos where exists(name) {
      guard unlink("\(path)/\(name)") == 0 else { throw .file(path: "\(path)/\(name)", code: errno) }
    }
    guard rmdir(path) == 0 || errno == ENOTEMPTY else { throw .file(path: path, code: errno) }
  }

  /// Whether the kernel in the folder is Easel.
  private var isOurs: Bool {
    guard let file = Descriptor(open("\(path)/kernel.json", O_RDONLY | O_CLOEXEC)),
      let json = try? JSON(parsing: file.read(limit: 1 << 16))
    else { return false }
    return json["language"]?.text == "easel"
  }

  private func exists(_ name: String) -> Bool { access("\(path)/\(name)", F_OK) == 0 }

  private func makeFolders() throws(InstallationError) {
    var folder = ""
    for part in path.split(separator: "/") {
      folder += "/\(part)"
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST || access(folder, F_OK) == 0 else {
        throw .file(path: folder, code: errno)
      }
    }
  }

  /// Writes a file under another name first, so that nobody reads half of it.
  private func write(_ bytes: [UInt8], to name: String) throws(InstallationError) {
    let target = "\(path)/\(name)"
    let draft = "\(target).new"
    guard let file = Descriptor(open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)) else {
      throw .file(path: target, code: errno)
    }
    guard file.write(bytes), rename(draft, target) == 0 else {
      defer { unlink(draft) }
      throw .file(path: target, code: errno)
    }
  }
}
