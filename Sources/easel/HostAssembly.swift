// SPDX-License-Identifier: Apache-2.0
import Glibc
import KernelSession
import Language
import Tensors
import Workbench

/// What the engine gives to a session.
enum HostAssembly {
  /// The builtins.
  static let table = WorkbenchTable.make(topics: HelpTopic.session)

  /// The engine's services, set up as the command line asks, for the thread that calls this.
  static func services(_ options: CommonOptions? = nil) -> HostServices {
    if let threads = options?.threads { Compute.threads = threads }
    if let folder = options?.data { setenv("EASEL_DATA", folder, 1) }
    let seed = UInt64(bitPattern: Int64(options?.seed ?? 0))
    return HostServices(
      makeState: { WorkbenchState(seed: seed) },
      inputStarts: { state, number in (state as? WorkbenchState)?.beginInput(number) },
      inputEnds: { state in (state as? WorkbenchState)?.endInput() },
      dataSetNames: WorkbenchTable.dataSetNames,
      settings: { state in
        [threads] + ((state as? WorkbenchState).map { [livePlot(of: $0)] + GradientSettings.all(of: $0) } ?? [])
      },
      checks: { EngineChecks.all($0 as? WorkbenchState) + [KernelspecCheck.check()] },
      fingerprint: WorkbenchTable.fingerprint,
      streamStatement: { ($0 as? WorkbenchState)?.streamStatement })
  }

  private static func livePlot(of state: WorkbenchState) -> Setting {
    Setting(
      "liveplot", Text("whether notebooks draw the losses while a trainer runs", zh: "训练时笔记本是否实时画出损失曲线"),
      choices: ["on", "off"], read: { state.showsLivePlot ? "on" : "off" },
      write: { word in
        state.showsLivePlot = word == "on"
        return true
      })
  }

  private static var threads: Setting {
    Setting(
      "threads", Text("how many threads compute; results do not depend on it", zh: "计算线程数；结果与之无关"),
      needs: { Text("a whole number from 1", zh: "不小于 1 的整数") }, read: { String(Compute.threads) },
      write: { word in
        guard let count = Int(word), count >= 1 else { return false }
        Compute.threads = count
        return true
      })
  }
}
