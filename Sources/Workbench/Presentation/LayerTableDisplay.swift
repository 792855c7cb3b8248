// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

/// The table of the layers of a net: shapes, counts, lengths of the weights.
enum LayerTableDisplay {
  static func display(_ layer: any Layer, name: String?, input: Shape?, _ context: DisplayContext) -> Display {
    let rows = layer.table(for: input ?? layer.likelyInput)
    let isChinese = context.language == .chinese
    let cells: [[String]] = rows.map { row in
      [
        String(repeating: "  ", count: row.depth) + (row.name.isEmpty ? "" : row.name), row.layer.summary,
        row.output ?? "", String(row.parameterCount), row.weightNorm.map { NumberText.fixed($0, 2) } ?? "",
      ]
    }
    let head = isChinese ? ["#", "层", "输出", "参数", "‖w‖"] : ["#", "layer", "output", "params", "‖w‖"]
    let count = layer.parameterCount
    let megabytes = NumberText.fixed(Double(count) * 4 / 1e6, 1)
    let total =
      isChinese
      ? "\(Numbers.count(count)) 个参数（\(megabytes) MB）" : "\(Numbers.count(count)) parameters (\(megabytes) MB)"
    let title = [name ?? "", layer.typeName].filter { !$0.isEmpty }.joined(separator: "  ")
    let table = PlainTable(head: head, rows: cells, right: [3, 4])
    return Display(
      "\(title)  \(total)\n" + table.text,
      parts: [MIMEPart("text/html", .text(table.html(caption: "\(title), \(total)")))])
  }
}

extension Layer {
  /// A shape that the net surely takes, when its first layers tell.
  var likelyInput: Shape? {
    var found: Shape?
    forEachLayer { _, layer in
      guard found == nil else { return }
      switch layer {
      case let layer as Linear: found = [1, layer.inputs]
      case let layer as Conv2d: found = [1, layer.inputChannels, 28, 28]
      case let layer as ConvTranspose2d: found = [1, layer.inputChannels, 7, 7]
      case let layer as BatchNorm: found = [1, layer.features]
      default: break
      }
    }
    return found
  }
}
