// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Language
import Tensors

/// Points of the language as groups of a scatter plot.
struct PointReader {
  private let call: Call
  private let names: [String]
  private(set) var groups: [Scatter.Group] = []
  /// The name of the data set whose classes are the groups; empty for other points.
  private(set) var title = ""

  init(call: Call, names: [String]) {
    self.call = call
    self.names = names
  }

  /// Adds the points of one argument; a labelled data set makes a group a class.
  mutating func add(_ value: Value, _ index: Int) throws {
    if let data = DatasetObject.convert(value)?.data {
      let points = try Self.pairs(data.x())
      guard data.isLabelled, names.isEmpty else { return append(points, names, index, fallback: data.name) }
      if index == 0 { title = data.name }
      let labels = data.labels
      for (label, name) in data.classes.enumerated() {
        let members = points.indices.filter { labels[$0] == label }
        if !members.isEmpty { append(members.map { points[$0] }, [name], 0, fallback: name) }
      }
      return
    }
    guard let tensor = Tensor.convert(value) else { throw FigureFault.notSeries(value.typeName, argument: index) }
    append(try Self.pairs(tensor), names, index, fallback: call.argumentText(index)?.cut(to: 24) ?? "")
  }

  private mutating func append(_ points: [(Float, Float)], _ names: [String], _ index: Int, fallback: String) {
    groups.append(
      Scatter.Group(
        names.indices.contains(index) ? names[index] : fallback, x: points.map { Double($0.0) },
        y: points.map { Double($0.1) }))
  }

  /// Makes groups of all points by a class for each.
  mutating func split(by color: Value) throws {
    let classes = try SeriesReader.numbers(color, 0)
    let (x, y) = (groups.flatMap(\.x), groups.flatMap(\.y))
    guard classes.count == x.count else {
      throw FigureFault.count(name: "color", found: classes.count, points: x.count)
    }
    var order: [Double] = []
    for value in classes.sorted() where value.isFinite && order.last != value && order.count < 24 {
      order.append(value)
    }
    groups = order.enumerated().map { index, value in
      let members = classes.indices.filter { classes[$0] == value }
      let name = names.indices.contains(index) ? names[index] : Numerals.short(value)
      return Scatter.Group(name, x: members.map { x[$0] }, y: members.map { y[$0] })
    }
  }

  /// Arrows from the points of the last group.
  func arrows(_ tensor: Tensor) throws -> [Scatter.Arrow] {
    let tips = try Self.pairs(tensor)
    guard let group = groups.last, group.x.count == tips.count else {
      throw FigureFault.count(name: "arrows", found: tips.count, points: groups.last?.x.count ?? 0)
    }
    return tips.indices.map { index in
      Scatter.Arrow(x: group.x[index], y: group.y[index], dx: Double(tips[index].0), dy: Double(tips[index].1))
    }
  }

  private static func pairs(_ tensor: Tensor) throws -> [(Float, Float)] {
    guard tensor.rank == 2, tensor.shape[1] == 2 else {
      throw FigureFault.shape(tensor.shape, wanted: Text("points are [n, 2]", zh: "点的形状应为 [n, 2]"))
    }
    let values = tensor.scalars()
    return stride(from: 0, to: values.count, by: 2).map { (values[$0], values[$0 + 1]) }
  }
}
