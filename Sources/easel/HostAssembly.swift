// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Language
import Tensors
import Workbench

/// What the engine gives to a session.
enum HostAssembly {
  /// The builtins.
  static let table = WorkbenchTable.make()

  /// The engine's services, set up as the command line asks.
  static func services(_ options: CommonOptions? = nil) -> HostServices {
    if let threads = options?.threads { Compute.threads = threads }
    if let folder = options?.data { setenv("EASEL_DATA", folder, 1) }
    let seed = UInt64(bitPattern: Int64(options?.seed ?? 0))
    return HostServices(
      makeState: { WorkbenchState(seed: seed) },
      inputStarts: { state, number in (state as? WorkbenchState)?.input = number },
      dataSetNames: WorkbenchTable.dataSetNames, fingerprint: WorkbenchTable.fingerprint,
      streamStatement: { state in (state as? WorkbenchState)?.streamStatement })
  }
}
