// SPDX-License-Identifier: Apache-2.0
import Figures
import Language
import Tensors

/// What a statement that consists of a tensor shows: one line, and values when there are few.
enum TensorDisplay {
  static func display(_ tensor: Tensor, kind: String, _ context: DisplayContext) -> Display {
    let description = TensorLine(tensor, kind: kind, context)
    let html = "<code>\(HTML.escaped(description.line))</code>" + (values(tensor, description, context) ?? "")
    return Display(description.text, parts: [MIMEPart("text/html", .text(html))])
  }

  /// All values of a small matrix, the first ones of a larger tensor folded away.
  private static func values(_ tensor: Tensor, _ description: TensorLine, _ context: DisplayContext) -> String? {
    let isChinese = context.language == .chinese
    if let rows = description.valueRows {
      let cells = rows.map { $0.split(separator: " ").map(String.init) }
      return table(cells, caption: isChinese ? "全部值" : "all values")
    }
    guard tensor.rank > 0, tensor.count > 8, let corner = corner(of: tensor) else { return nil }
    let (height, width) = (corner.count, corner.first?.count ?? 0)
    let title = isChinese ? "前 \(height) × \(width) 个值" : "the first \(height) × \(width) values"
    return "<details><summary>\(title)</summary>\(table(corner, caption: title))</details>"
  }

  /// The first values of the first matrix in the tensor.
  private static func corner(of tensor: Tensor) -> [[String]]? {
    let sizes = tensor.shape.dimensions
    let (width, height) = (sizes[sizes.count - 1], sizes.count > 1 ? sizes[sizes.count - 2] : 1)
    guard width > 0, height > 0 else { return nil }
    let values = tensor.detached().scalars()
    return (0..<min(height, 6)).map { row in
      (0..<min(width, 6)).map { Numbers.short(Double(values[row * width + $0])) }
    }
  }

  private static func table(_ rows: [[String]], caption: String) -> String {
    let body = rows.map { row in
      "<tr>\(row.map { "<td style=\"text-align:right\">\(HTML.escaped($0))</td>" }.joined())</tr>"
    }
    return "<table><caption>\(caption)</caption><tbody>\(body.joined())</tbody></table>"
  }
}
