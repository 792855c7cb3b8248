// SPDX-License-Identifier: Apache-2.0

extension ComputationTree: VectorFigure {
  /// What is drawn.
  public func scene(_ wording: Wording) -> Scene {
    let layout = TreeLayout(self)
    var scene = Scene(width: max(160, layout.width), height: max(60, layout.height))
    for index in layout.order {
      guard let box = layout.boxes[index] else { continue }
      for input in shownInputs(index) {
        guard let other = layout.boxes[input] else { continue }
        // Arrows point the way the values went: upwards.
        let (from, to) = (Point(other.x, other.y), Point(box.x, box.y + TreeLayout.boxHeight))
        scene.line([from, to], .axis, dashes: nodes[index].kind == .detached ? [4, 3] : [])
        scene.line([Point(to.x - 3, to.y + 6), to, Point(to.x + 3, to.y + 6)], .axis)
      }
    }
    for index in layout.order { draw(index, layout, wording, in: &scene) }
    if layout.isCut { scene.text(wording("… more below", "… 以下略去"), at: Point(8, scene.height - 6)) }
    return scene
  }

  private func draw(_ index: Int, _ layout: TreeLayout, _ wording: Wording, in scene: inout Scene) {
    guard let box = layout.boxes[index] else { return }
    let node = nodes[index]
    let width = layout.boxWidth
    let left = box.x - width / 2
    let paint: Paint
    switch node.kind {
    case .operation: paint = .axis
    case .parameter, .data: paint = .series(0)
    case .detached: paint = .series(1)
    }
    scene.rectangle(
      x: left, y: box.y, width: width, height: TreeLayout.boxHeight, Paint(paint.rgb, opacity: 0.12))
    let corners = [
      (left, box.y), (left + width, box.y), (left + width, box.y + TreeLayout.boxHeight),
      (left, box.y + TreeLayout.boxHeight), (left, box.y),
    ]
    scene.line(corners.map { Point($0.0, $0.1) }, paint, dashes: node.kind == .detached ? [4, 3] : [])
    let (title, details) = lines(node, wording)
    let room = width - 10
    scene.text(Scene.cut(title, toWidth: room), at: Point(box.x, box.y + 15), .middle, paint, isBold: index == root)
    scene.text(Scene.cut(details, toWidth: room, size: 11), at: Point(box.x, box.y + 29), .middle, .axis, size: 11)
  }

  /// What a box says: its name above, its numbers below.
  private func lines(_ node: Node, _ wording: Wording) -> (title: String, details: String) {
    let title = [node.name, node.kind == .detached ? "detach" : node.operation].filter { !$0.isEmpty }
    var details = node.value.map { [Axis.text($0)] } ?? (node.shape.isEmpty ? [] : [node.shape])
    if let norm = node.gradientNorm { details.append("‖g‖ " + Numerals.scientific(norm, 2)) }
    if node.kind == .data { details.append(wording("data", "数据")) }
    return (title.isEmpty ? wording("value", "值") : title.joined(separator: " "), details.joined(separator: "  "))
  }
}

/// Where the boxes of a tree stand.
private struct TreeLayout {
  static let boxHeight = 36.0
  static let levelHeight = 60.0

  let order: [Int]
  let isCut: Bool
  let boxWidth: Double
  private(set) var boxes: [Int: Point] = [:]
  private(set) var width = 0.0
  private(set) var height = 0.0

  init(_ tree: ComputationTree) {
    let order = tree.reachable()
    let known = Set(order)
    self.order = order
    isCut = order.contains { index in !known.isSuperset(of: tree.shownInputs(index)) }
    let texts = order.map { index in
      let node = tree.nodes[index]
      let details = node.shape + (node.gradientNorm == nil ? "" : "  ‖g‖ 1.2e+00")
      return max(Scene.width(of: node.name + " " + node.operation), Scene.width(of: details, size: 11)) + 14
    }
    boxWidth = min(240, max(110, texts.max() ?? 110))
    let levels = Self.levels(tree, order)
    let columns = Self.columns(tree, order)
    for index in order {
      boxes[index] = Point(
        (boxWidth + 16) * (columns[index] ?? 0) + boxWidth / 2 + 8, 8 + Self.levelHeight * Double(levels[index] ?? 0))
    }
    width = (boxes.values.map(\.x).max() ?? 0) + boxWidth / 2 + 8
    height = (boxes.values.map(\.y).max() ?? 0) + Self.boxHeight + (isCut ? 24 : 8)
  }

  /// The longest way from the root to each node.
  private static func levels(_ tree: ComputationTree, _ order: [Int]) -> [Int: Int] {
    let known = Set(order)
    var levels: [Int: Int] = [:]
    // A node moves down until it stands below all that use it; as many rounds as nodes are enough without cycles.
    for _ in order.indices {
      var hasMoved = false
      for index in order {
        let level = levels[index] ?? 0
        for input in tree.shownInputs(index) where known.contains(input) && (levels[input] ?? 0) <= level {
          levels[input] = level + 1
          hasMoved = true
        }
      }
      if !hasMoved { break }
    }
    return levels
  }

  /// Leaves side by side, each other node over the middle of those that only it stands above.
  private static func columns(_ tree: ComputationTree, _ order: [Int]) -> [Int: Double] {
    let known = Set(order)
    var owned: [Int: [Int]] = [:]
    var seen: Set<Int> = Set(order.prefix(1))
    for index in order {
      for input in tree.shownInputs(index) where known.contains(input) && seen.insert(input).inserted {
        owned[index, default: []].append(input)
      }
    }
    var columns: [Int: Double] = [:]
    var nextLeaf = 0.0
    var stack = order.prefix(1).map { (node: $0, isDone: false) }
    while let (node, isDone) = stack.popLast() {
      let children = owned[node] ?? []
      if children.isEmpty {
        columns[node] = nextLeaf
        nextLeaf += 1
      } else if isDone {
        let places = children.compactMap { columns[$0] }
        columns[node] = ((places.first ?? 0) + (places.last ?? 0)) / 2
      } else {
        stack.append((node, true))
        stack += children.reversed().map { ($0, false) }
      }
    }
    return columns
  }
}
