// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The folder in which clients look for this kernel.
public struct KernelFolder: Sendable, Hashable {
  /// Who shall find the kernel.
  public enum Place: Sendable, Hashable {
    /// This user.
    case user
    /// The Python environment that is active, or that `python3` belongs to.
    case system
    /// Whoever uses what is installed below a folder.
    case prefix(String)
  }

  /// The path of the folder.
  public let path: String

  /// Finds the folder.
  ///
  /// - Parameters:
  ///   - name: The name of the kernel: letters, digits, `.`, `_` and `-`.
  ///   - place: Who shall find it.
  ///   - environment: The environment's variables.
  ///   - isExecutable: Whether a path is a program; asks the system when left out.
  /// - Throws: `InstallationError` when the name or the environment does not allow it.
  public init(
    name: String, for place: Place, environment: [String: String],
    isExecutable: ((String) -> Bool)? = nil
  ) throws(InstallationError) {
    guard !name.isEmpty, !name.hasPrefix("."), name.utf8.allSatisfy(Self.isAllowed) else { throw .badName(name) }
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    switch place {
    case .prefix(let prefix): path = "\(absolute(prefix))/share/jupyter/kernels/\(name)"
    case .user:
      let home = variable("HOME").map { "\($0)/.local/share" }
      let data = variable("JUPYTER_DATA_DIR") ?? (variable("XDG_DATA_HOME") ?? home).map { "\($0)/jupyter" }
      guard let data else { throw .noHome }
      path = "\(absolute(data))/kernels/\(name)"
    case .system:
      let folders = (variable("PATH") ?? "").split(separator: ":").map(String.init)
      let python = folders.first { isExecutable?("\($0)/python3") ?? (access("\($0)/python3", X_OK) == 0) }
      let prefix = variable("VIRTUAL_ENV") ?? variable("CONDA_PREFIX") ?? python.map(parent)
      guard let prefix else { throw .noPython }
      path = "\(absolute(prefix))/share/jupyter/kernels/\(name)"
    }
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// Why a kernel could not be installed or removed.
public enum InstallationError: Error, Sendable, Hashable {
  /// The name has characters that kernel names may not have.
  case badName(String)
  /// The environment does not say where the user's files are.
  case noHome
  /// There is no Python environment to install into.
  case noPython
  /// A file or folder cannot be written or removed.
  case file(path: String, code: Int32)
  /// There is no kernel in the folder.
  case notInstalled(path: String)
  /// The folder holds a kernel that is not Easel.
  case notOurs(path: String)
}

private func parent(_ folder: String) -> String {
  let parts = folder.split(separator: "/", omittingEmptySubsequences: true).dropLast()
  return "/" + parts.joined(separator: "/")
}

private func absolute(_ path: String) -> String {
  var path = path
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  if path.hasPrefix("/") { return path == "/" ? "" : path }
  guard let here = getcwd(nil, 0) else { return path }
  defer { free(here) }
  return String(cString: here) + "/" + path
}
