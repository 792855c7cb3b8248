// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let doctor = Magic(
    "%doctor",
    Text("Looks at terminal, locale, data sets and the rest: ok, or how to fix it.", zh: "检查终端、语言环境、数据集等：正常，或如何修复。")
  ) { call in
    for line in call.session.report() { call.print(line) }
  }
}

extension Session {
  /// What the doctor finds, a line each, with its remedy below where there is one.
  public func report() -> [String] {
    let checks = options.checks() + services.checks(stage.host)
    let width = checks.map { DisplayWidth.columns(of: $0.subject(language)) }.max() ?? 0
    return checks.flatMap { check in
      let subject = check.subject(language)
      let padding = String(repeating: " ", count: width - DisplayWidth.columns(of: subject))
      let verdict = check.remedy == nil ? "ok " : Text("!! ", zh: "!! ")(language)
      let line = "\(verdict) \(subject)\(padding)  \(check.finding(language))"
      return [line] + (check.remedy.map { ["      " + Text("fix: ", zh: "修复：")(language) + $0(language)] } ?? [])
    }
  }
}
