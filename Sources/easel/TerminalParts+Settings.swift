// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Language
import TerminalFront

extension TerminalParts {
  /// What `%set` changes in the way output looks.
  var settings: [Setting] {
    let capabilities = capabilities
    return [
      Setting(
        "graphics", Text("how pictures are drawn", zh: "图像的绘制方式"), choices: GraphicsChoice.allValueStrings,
        read: { capabilities.appearance.graphics?.rawValue ?? "auto" },
        write: { word in
          capabilities.appearance.graphics = TerminalCanvas.Graphics(rawValue: word)
          return true
        }),
      Setting(
        "color", Text("when colours are used", zh: "何时使用颜色"), choices: Appearance.ColourChoice.allCases.map(\.rawValue),
        read: { capabilities.appearance.colour.rawValue },
        write: { word in
          capabilities.appearance.colour = Appearance.ColourChoice(rawValue: word) ?? .auto
          return true
        }),
      Setting(
        "unicode", Text("which characters are used", zh: "使用哪些字符"),
        choices: Appearance.CharacterChoice.allCases.map(\.rawValue),
        read: { capabilities.appearance.characters.rawValue },
        write: { word in
          capabilities.appearance.characters = Appearance.CharacterChoice(rawValue: word) ?? .auto
          return true
        }),
      Setting(
        "reader", Text("whether output is read aloud", zh: "输出是否用于朗读"), choices: ["on", "off"],
        read: { capabilities.appearance.reader ? "on" : "off" },
        write: { word in
          capabilities.appearance.reader = word == "on"
          return true
        }),
    ]
  }

  /// What the doctor finds out about this terminal.
  var checks: [Check] {
    let canvas = capabilities.pictureCanvas
    let name = environment.variables["TERM"] ?? ""
    return [
      terminalCheck(name, canvas), localeCheck, charactersCheck(canvas), coloursCheck(canvas), picturesCheck(canvas),
    ]
  }

  private func terminalCheck(_ name: String, _ canvas: TerminalCanvas) -> Check {
    let subject = Text("terminal", zh: "终端")
    guard environment.isTerminal else {
      return Check(subject, Text("none: output goes to a pipe or a file", zh: "无：输出到管道或文件"))
    }
    let size = "\(canvas.columns) × \(canvas.rows)"
    let finding = Text("\(name), \(size)", zh: "\(name)，\(size)")
    guard canvas.columns < 80 else { return Check(subject, finding) }
    return Check(subject, finding, remedy: Text("make the window 80 columns wide", zh: "把窗口加宽到 80 列"))
  }

  private var localeCheck: Check {
    let subject = Text("locale", zh: "语言环境")
    let name = environment.variables["LC_ALL"] ?? environment.variables["LANG"] ?? ""
    let finding = name.isEmpty ? Text("not set", zh: "未设置") : Text(name, zh: name)
    guard !capabilities.localeHasUnicode else { return Check(subject, finding) }
    return Check(subject, finding, remedy: Text("export LANG=C.UTF-8", zh: "export LANG=C.UTF-8"))
  }

  private func charactersCheck(_ canvas: TerminalCanvas) -> Check {
    let subject = Text("characters", zh: "字符")
    guard !canvas.unicode else { return Check(subject, Text("boxes and blocks", zh: "制表符与方块")) }
    return Check(
      subject, Text("ASCII: boxes are not one column wide here", zh: "ASCII：此终端中制表符不是一列宽"),
      remedy: Text(
        "set ambiguous characters to narrow in the terminal, or %set unicode full",
        zh: "在终端中把宽度不定的字符设为窄，或 %set unicode full"))
  }

  private func coloursCheck(_ canvas: TerminalCanvas) -> Check {
    let word =
      switch canvas.colour {
      case .none: Text("none", zh: "无")
      case .sixteen: Text("16", zh: "16 色")
      case .palette: Text("256", zh: "256 色")
      case .full: Text("24 bits", zh: "24 位")
      }
    return Check(Text("colours", zh: "颜色"), word)
  }

  private func picturesCheck(_ canvas: TerminalCanvas) -> Check {
    let word = canvas.graphics.rawValue
    return Check(Text("pictures", zh: "图像"), Text(word, zh: word))
  }
}
