// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Language
import TerminalFront

/// Whether Jupyter clients find the kernel.
enum KernelspecCheck {
  static func check(_ environment: Environment = .current()) -> Check {
    let subject = Text("Jupyter kernel", zh: "Jupyter 内核")
    let found = folders(environment).map { $0 + "/kernels/easel/kernel.json" }.first { access($0, R_OK) == 0 }
    guard let found else {
      return Check(
        subject, Text("not installed", zh: "未安装"), remedy: Text("easel install --user", zh: "easel install --user"))
    }
    return Check(subject, Text(found, zh: found))
  }

  /// Where clients look, as far as no Python has to be asked.
  private static func folders(_ environment: Environment) -> [String] {
    let listed = (environment.variables["JUPYTER_PATH"] ?? "").split(separator: ":").map(String.init)
    let data =
      environment.variables["JUPYTER_DATA_DIR"]
      ?? environment.variables["XDG_DATA_HOME"].map { $0 + "/jupyter" }
      ?? (environment.variables["HOME"] ?? "") + "/.local/share/jupyter"
    let prefixes = ["VIRTUAL_ENV", "CONDA_PREFIX"].compactMap { environment.variables[$0] }.map {
      $0 + "/share/jupyter"
    }
    return listed + [data] + prefixes + ["/usr/local/share/jupyter", "/usr/share/jupyter"]
  }
}
