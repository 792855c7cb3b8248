// SPDX-License-Identifier: Apache-2.0

/// The layers of a network, what each gives, and how many numbers it learns.
public struct LayerSummary: Figure, Hashable {
  /// One layer.
  public struct Layer: Sendable, Hashable {
    /// Its place or name inside the network, with dots between levels.
    public var path: String
    /// What it is, such as `Linear(784 → 128)`.
    public var description: String
    /// The shape that it gives, such as `[*, 128]`; empty when it is not known.
    public var output: String
    /// How many numbers it learns.
    public var parameters: Int
    /// The norm of these numbers; nil when there are none.
    public var norm: Double?
    /// A remark, such as `frozen`.
    public var note: String

    /// Makes a layer.
    public init(
      path: String, description: String, output: String = "", parameters: Int = 0, norm: Double? = nil,
      note: String = ""
    ) {
      self.path = path
      self.description = description
      self.output = output
      self.parameters = parameters
      self.norm = norm
      self.note = note
    }
  }

  /// The name of the network, and what it is.
  public var title: String
  /// The layers in order.
  public var layers: [Layer]

  /// Makes a summary.
  public init(title: String, layers: [Layer]) {
    self.title = title
    self.layers = layers
  }

  /// How many numbers the network learns.
  public var parameters: Int { layers.reduce(0) { $0 &+ $1.parameters } }

  /// The count and the memory of the numbers, as in `101k parameters (0.4 MB)`.
  public func size(_ wording: Wording) -> String {
    let bytes = Double(parameters) * 4
    let memory = bytes < 1e5 ? Numerals.fixed(bytes / 1e3, 1) + " kB" : Numerals.fixed(bytes / 1e6, 1) + " MB"
    let count = Numerals.count(Double(parameters))
    return wording("\(count) parameters (\(memory))", "\(count) 个参数（\(memory)）")
  }

  /// The layers as a table; columns that would be empty are left out.
  public func table(_ wording: Wording) -> Table {
    let hasOutputs = layers.contains { !$0.output.isEmpty }
    let hasNorms = layers.contains { $0.norm != nil }
    let hasNotes = layers.contains { !$0.note.isEmpty }
    var columns: [Table.Column] = [.init("#", .left), .init(wording("layer", "层"), .left)]
    if hasOutputs { columns.append(.init(wording("output", "输出"), .left)) }
    columns.append(.init(wording("params", "参数"), .right))
    if hasNorms { columns.append(.init("‖w‖", .right)) }
    if hasNotes { columns.append(.init(wording("note", "备注"), .left)) }
    let rows = layers.map { layer -> [Table.Cell] in
      var row: [Table.Cell] = [.init(layer.path), .init(layer.description)]
      if hasOutputs { row.append(.init(layer.output)) }
      row.append(.init(layer.parameters))
      if hasNorms { row.append(layer.norm.map { .init($0, decimals: 2) } ?? "") }
      if hasNotes { row.append(.init(layer.note)) }
      return row
    }
    return Table(title, aside: size(wording), columns: columns, rows: rows, rowLimit: 60)
  }

  /// The layers as a table.
  public func text(on canvas: Canvas) -> String { table(canvas.wording).text(on: canvas) }

  /// The network's name and size.
  public func alternativeText(_ wording: Wording) -> String {
    wording("\(title): \(layers.count) layers, \(size(wording))", "\(title)：\(layers.count) 层，\(size(wording))")
  }
}
