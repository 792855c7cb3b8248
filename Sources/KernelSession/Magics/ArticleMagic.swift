// SPDX-License-Identifier: Apache-2.0
import Language

extension Magic {
  static let article = Magic(
    "%article gan|vae [--as-printed]",
    Text(
      "Prints the article's training loop in this language, mended or with its faults.",
      zh: "用本语言打印文章中的训练循环：改正后的，或保留原有错误的。"),
    argument: .words(["gan", "vae", "--as-printed"])
  ) { call in
    let asPrinted = call.words.contains("--as-printed")
    switch call.words.filter({ !$0.hasPrefix("--") }) {
    case ["gan"]: call.showCode(asPrinted ? Article.ganAsPrinted : Article.gan)
    case ["vae"]: call.showCode(asPrinted ? Article.vaeAsPrinted : Article.vae)
    default:
      throw call.mistake(
        Text("%article wants gan or vae", zh: "%article 需要 gan 或 vae"),
        help: [.init(code: "%article gan"), .init(code: "%article vae --as-printed")])
    }
  }
}

extension MagicCall {
  /// Shows a program, ready to be copied.
  fileprivate func showCode(_ code: String) {
    show(Display(code, parts: [MIMEPart("text/markdown", .text("```easel\n\(code)\n```"))]))
  }
}
