// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Language
import TerminalFront

/// `easel reference`: every builtin, from the table that the evaluator reads.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Print the language reference, made from the builtin table.")

  /// The forms of the reference.
  enum Form: String, EnumerableFlag {
    case markdown, json
  }

  @Flag(help: "As Markdown (default), or as JSON.")
  var form: Form = .markdown

  @Option(help: "Language: en or zh.")
  var lang: MessageLanguage = .english

  func run() {
    let text =
      switch form {
      case .markdown: HostAssembly.table.referenceMarkdown(lang)
      case .json: HostAssembly.table.referenceJSON()
      }
    Descriptors.print(text)
  }
}
