// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc
import JupyterFront
import JupyterProtocol
import Language
import TerminalFront

/// Where a kernel's folder is, as the command line says.
struct InstallPlace: ParsableArguments {
  @Flag(help: "For this user; the default.")
  var user = false

  @Flag(help: "For the active Python environment, or the one that python3 belongs to.")
  var sysPrefix = false

  @Option(help: ArgumentHelp("Below this folder, in share/jupyter/kernels.", valueName: "dir"))
  var prefix: String?

  @Option(help: "The name of the kernel.")
  var name = "easel"

  func validate() throws {
    guard [user, sysPrefix, prefix != nil].count(where: { $0 }) <= 1 else {
      throw ValidationError("Choose one of --user, --sys-prefix and --prefix.")
    }
  }

  /// Does `body` with the folder, and says in one line what came of it.
  func withFolder(_ body: (KernelFolder) throws -> Text) throws {
    let environment = Environment.current()
    let place: KernelFolder.Place = prefix.map { .prefix($0) } ?? (sysPrefix ? .system : .user)
    do {
      let done = try body(try KernelFolder(name: name, for: place, environment: environment.variables))
      print(done(environment.messageLanguage))
    } catch let error as InstallationError {
      Descriptors.complain("easel: \(error.text(environment.messageLanguage))")
      throw ExitCode(1)
    }
  }
}

/// `easel install`: lets Jupyter clients find the kernel.
struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Let Jupyter clients find this program as a kernel.")

  @OptionGroup var place: InstallPlace

  @Option(help: "What launchers show.")
  var displayName = "Easel"

  func run() throws {
    try place.withFolder { folder in
      let spec = KernelSpec(executable: Self.executable, displayName: displayName)
      try folder.install(spec, logos: try Logo.files())
      return Text(
        "Installed the kernel '\(place.name)' in \(folder.path)", zh: "已把内核 '\(place.name)' 安装到 \(folder.path)")
    }
  }

  /// The absolute path of this program.
  private static var executable: String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes {
      $0.baseAddress.map { readlink("/proc/self/exe", $0, Int(PATH_MAX)) } ?? 0
    }
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : "/usr/local/bin/easel"
  }
}

/// `easel uninstall`: undoes `easel install`.
struct UninstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall", abstract: "Remove the kernel that 'easel install' wrote.")

  @OptionGroup var place: InstallPlace

  func run() throws {
    try place.withFolder { folder in
      try folder.uninstall()
      return Text("Removed the kernel in \(folder.path)", zh: "已移除 \(folder.path) 中的内核")
    }
  }
}

extension InstallationError {
  /// What people read.
  var text: Text {
    switch self {
    case .badName(let name):
      Text(
        "'\(name)' is no name for a kernel: letters, digits, '.', '_' and '-' only",
        zh: "'\(name)' 不能作内核名：只能用字母、数字、'.'、'_' 和 '-'")
    case .noHome:
      Text("HOME is not set; choose a folder with --prefix", zh: "没有设置 HOME；请用 --prefix 指定文件夹")
    case .noPython:
      Text(
        "no Python environment is active and python3 is not on the PATH; choose a folder with --prefix",
        zh: "没有激活的 Python 环境，PATH 里也没有 python3；请用 --prefix 指定文件夹")
    case .file(let path, let code):
      Text("\(path): \(Self.reason(code))", zh: "\(path)：\(Self.reason(code))")
    case .notInstalled(let path): Text("there is no kernel in \(path)", zh: "\(path) 中没有内核")
    case .notOurs(let path):
      Text("the kernel in \(path) is not Easel; choose another --name", zh: "\(path) 中的内核不是 Easel；请用 --name 换个名字")
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
