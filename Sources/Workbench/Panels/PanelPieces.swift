// SPDX-License-Identifier: Apache-2.0
import Generative
import Glibc
import Language

/// Pieces of a panel in HTML, coloured by the page they stand in, light or dark.
enum PanelPieces {
  /// Most layers of a net that are listed.
  private static let mostLayers = 8
  /// Norms at the two ends of a bar, as powers of ten.
  private static let powers = (least: -5.0, most: 1.0)

  /// The name, what is trained, and the last figures.
  static func head(name: String, line: String, figures: String) -> String {
    "<div style=\"line-height:1.5\"><b style=\"font-size:1.15em\">\(HTML.escaped(name))</b> "
      + "<span style=\"opacity:.75\">\(HTML.escaped(line))</span>"
      + "<div style=\"font-family:var(--jp-code-font-family,monospace);min-height:1.5em\">\(HTML.escaped(figures))</div>"
      + "</div>"
  }

  /// A figure as wide as there is room.
  static func figure(_ svg: String) -> String { "<div class=\"easel-figure\">\(svg)</div>" }

  /// What stands where nothing can be shown yet.
  static func empty(_ sentence: String) -> String {
    "<div class=\"easel-empty\">\(HTML.escaped(sentence))</div>"
  }

  /// A bar for each weight, on a logarithmic scale, net by net.
  static func norms(_ nets: [(name: String, norm: Double, rows: [GradientRow])], title: String) -> String {
    let columns = nets.map { net in
      "<div class=\"easel-net\"><div><b>\(HTML.escaped(net.name))</b> ‖g‖ \(Numbers.short(net.norm, digits: 3))</div>"
        + rows(net.rows.withoutQuietBiases) + "</div>"
    }
    return "<div class=\"easel-title\">\(HTML.escaped(title))</div><div class=\"easel-nets\">\(columns.joined())</div>"
  }

  private static func rows(_ rows: [GradientRow]) -> String {
    let lines = rows.prefix(mostLayers).map { row in
      let norm = row.norm.map { Numbers.short($0, digits: 3) } ?? "–"
      let isAlarming = row.flags.contains { $0 != .frozen && $0 != .missing && $0 != .large }
      let colour = isAlarming ? "var(--jp-warn-color1,#f57c00)" : "var(--jp-brand-color1,#1976d2)"
      let bar = "<div style=\"width:\(NumberText.fixed(share(row.norm) * 100, 0))%;background:\(colour)\"></div>"
      return "<span>\(HTML.escaped(row.name))</span><div class=\"easel-bar\">\(bar)</div><span>\(norm)</span>"
    }
    return "<div class=\"easel-norms\">\(lines.joined())</div>"
  }

  /// Where a norm lies between the ends of a bar, 0 … 1.
  static func share(_ norm: Double?) -> Double {
    guard let norm, norm > 0 else { return 0 }
    return min(max((log10(norm) - powers.least) / (powers.most - powers.least), 0), 1)
  }
}
