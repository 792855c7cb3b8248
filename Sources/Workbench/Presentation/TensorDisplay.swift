// SPDX-License-Identifier: Apache-2.0
import Language
import Tensors

/// What a statement that consists of a tensor shows.
enum TensorDisplay {
  static func display(_ tensor: Tensor, kind: String, _ context: DisplayContext) -> Display {
    let description = TensorLine(tensor, kind: kind, context)
    return Display(description.text, parts: [MIMEPart("text/html", .text(html(tensor, description)))])
  }

  private static func html(_ tensor: Tensor, _ description: TensorLine) -> String {
    guard let rows = description.valueRows else { return "<code>\(HTML.escaped(description.text))</code>" }
    let body = rows.map { row in
      let cells = row.split(separator: " ").map { "<td>\($0)</td>" }.joined()
      return "<tr>\(cells)</tr>"
    }
    return "<code>\(HTML.escaped(description.line))</code><table>\(body.joined())</table>"
  }
}
