// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language
import Tensors
import Workbench

/// What the doctor finds out about the engine.
enum EngineChecks {
  /// A line for the processor, the threads, and each data set that has files.
  static func all(_ state: WorkbenchState?) -> [Check] {
    [processor, threads] + (state?.dataSets ?? []).map(dataSet)
  }

  private static var processor: Check {
    let level = "\(KernelLevel.current)"
    let subject = Text("processor level", zh: "处理器级别")
    guard KernelLevel.current < KernelLevel.best else { return Check(subject, Text(level, zh: level)) }
    return Check(
      subject, Text("\(level), lower than the processor's", zh: "\(level)，低于处理器的能力"),
      remedy: Text("unset EASEL_KERNELS", zh: "取消环境变量 EASEL_KERNELS"))
  }

  private static var threads: Check {
    let count = Compute.threads
    return Check(Text("threads", zh: "线程"), Text("\(count)", zh: "\(count)"))
  }

  private static func dataSet(_ name: String, place: String?, advice: String) -> Check {
    let subject = Text("data set \(name)", zh: "数据集 \(name)")
    guard let place else {
      return Check(subject, Text("not here", zh: "未找到"), remedy: Text(advice, zh: advice))
    }
    return Check(subject, Text(place, zh: place))
  }
}
