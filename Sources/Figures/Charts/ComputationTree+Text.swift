// SPDX-License-Identifier: Apache-2.0

extension ComputationTree {
  /// The tree, indented; operations with one input follow each other on a line.
  public func text(on canvas: Canvas) -> String {
    guard nodes.indices.contains(root) else { return canvas.wording("(nothing was computed)", "（没有计算过程）") }
    var writer = TreeWriter(tree: self, canvas: canvas)
    writer.write(root, first: "", others: "")
    return writer.lines.joined(separator: "\n")
  }
}

/// Writes a tree line by line.
private struct TreeWriter {
  let tree: ComputationTree
  let canvas: Canvas
  private(set) var lines: [String] = []
  private var written: Set<Int> = []

  init(tree: ComputationTree, canvas: Canvas) {
    self.tree = tree
    self.canvas = canvas
  }

  /// Writes a node and what it was computed from.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - first: What stands before its own line.
  ///   - others: What stands before the lines below it.
  mutating func write(_ node: Int, first: String, others: String) {
    if written.count >= tree.nodeLimit {
      lines.append(first + canvas.glyphs.ellipsis)
      return
    }
    var chain: [String] = []
    var node = node
    var inputs = tree.shownInputs(node)
    while true {
      let isKnown = !written.insert(node).inserted
      let wording = canvas.wording
      let label = node == tree.root ? tree.rootLabel(wording) : tree.nodes[node].label(wording)
      chain.append(canvas.inRepertoire(label) + (isKnown ? wording(" (see above)", "（见上）") : ""))
      inputs = isKnown ? [] : tree.shownInputs(node)
      guard inputs.count == 1, written.count < tree.nodeLimit else { break }
      node = inputs[0]
    }
    append(chain, first: first, others: others + (inputs.isEmpty ? "" : canvas.reader ? "" : canvas.glyphs.stem))
    for (place, input) in inputs.enumerated() {
      let isLast = place == inputs.count - 1
      let (branch, stem) =
        canvas.reader
        ? ("  ", "  ")
        : isLast ? (canvas.glyphs.lastBranch, canvas.glyphs.noStem) : (canvas.glyphs.branch, canvas.glyphs.stem)
      write(input, first: others + branch, others: others + stem)
    }
  }

  /// A chain of nodes on as many lines as it needs.
  private mutating func append(_ chain: [String], first: String, others: String) {
    let arrow = canvas.reader ? canvas.wording(" from ", " 来自 ") : "  \(canvas.glyphs.backArrow) "
    var line = first + (chain.first ?? "")
    for part in chain.dropFirst() {
      if (line + arrow + part).displayWidth() <= canvas.width {
        line += arrow + part
      } else {
        lines.append(line)
        line = others + arrow + part
      }
    }
    lines.append(line.cut(to: canvas.width, ellipsis: canvas.glyphs.ellipsis))
  }
}
