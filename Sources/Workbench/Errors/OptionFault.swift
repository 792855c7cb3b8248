// SPDX-License-Identifier: Apache-2.0
import Language

/// A setting given a value that no setting holds.
struct OptionFault: Error, Explained {
  let name: String
  let type: String

  var diagnostic: Diagnostic {
    Diagnostic(
      .type, Text("\(name) cannot be \(type)", zh: "\(name) 不能是 \(type)"),
      labels: [.init(.argument(name), Text(type, zh: type))])
  }
}
