// SPDX-License-Identifier: Apache-2.0
import Figures
import Language
import Tensors

/// Numbers of the language as lines of a chart.
struct SeriesReader {
  let call: Call
  /// Names given by hand, in order.
  let names: [String]
  /// Where the values lie; nil counts from 1.
  let x: [Double]?

  /// The lines of one argument: one for a list or a vector, one a column for a matrix, one a field for a record.
  ///
  /// - Parameters:
  ///   - value: The argument.
  ///   - index: Its place, for its name and for messages.
  /// - Returns: At least one line.
  /// - Throws: `FigureFault` for what holds no numbers.
  func series(_ value: Value, _ index: Int) throws -> [LineChart.Series] {
    if case .record(let record) = value {
      return try zip(record.names, record.values).map { name, value in
        LineChart.Series(name, x: x, y: try Self.numbers(value, index))
      }
    }
    let name = names.indices.contains(index) ? names[index] : call.argumentText(index) ?? "y\(index + 1)"
    if let tensor = Tensor.convert(value), tensor.rank == 2 { return try columns(tensor, name) }
    return [LineChart.Series(name.cut(to: 24), x: x, y: try Self.numbers(value, index))]
  }

  private func columns(_ tensor: Tensor, _ name: String) throws -> [LineChart.Series] {
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    guard columns <= 24 else {
      throw FigureFault.shape(tensor.shape, wanted: Text("lines come from at most 24 columns", zh: "最多画 24 列"))
    }
    let values = tensor.scalars()
    return (0..<columns).map { column in
      let y = (0..<rows).map { Double(values[$0 * columns + column]) }
      return LineChart.Series(columns == 1 ? name : "\(name)[:, \(column)]", x: x, y: y)
    }
  }

  /// The numbers of a vector or a list.
  static func numbers(_ value: Value, _ index: Int) throws -> [Double] {
    if let tensor = Tensor.convert(value), tensor.rank <= 1 { return tensor.scalars().map(Double.init) }
    if let numbers = [Double].convert(value) { return numbers }
    guard case .list(let items) = value else { throw FigureFault.notSeries(value.typeName, argument: index) }
    return try items.map { item in
      switch item {
      case .nothing: return .nan
      case .host(let object):
        guard let number = object.number else { throw FigureFault.notSeries(item.typeName, argument: index) }
        return number
      default:
        guard let number = Double.convert(item) else { throw FigureFault.notSeries(item.typeName, argument: index) }
        return number
      }
    }
  }
}

extension TableObject {
  /// The last column of numbers as a bar for each row, when the first column holds names; nil for other tables.
  func bars(_ heading: String) -> Bars? {
    guard (1...200).contains(rows.count), columns.count > 1 else { return nil }
    let names = rows.compactMap { String.convert($0[0]) }
    guard names.count == rows.count, let column = columns.indices.dropFirst().last(where: { numbers($0) != nil }),
      let values = numbers(column)
    else { return nil }
    let bars = zip(names, values).map { Bars.Bar($0, $1, text: $1.isFinite ? Numbers.short($1) : "–") }
    let name = title.isEmpty ? columns[column] : "\(title): \(columns[column])"
    return Bars(bars, title: heading.isEmpty ? name : heading)
  }

  /// The numbers of a column, NaN where one is missing; nil when it holds anything else.
  private func numbers(_ column: Int) -> [Double]? {
    let values = rows.compactMap { row -> Double? in
      if case .nothing = row[column] { return .nan }
      if case .host(let object) = row[column] { return object.number }
      return Double.convert(row[column])
    }
    return values.count == rows.count && values.contains(where: { !$0.isNaN }) ? values : nil
  }
}

extension TableObject: Plottable {
  /// The columns of numbers over the first one that rises, or over the rows.
  func lineChart(_ context: DisplayContext) throws -> LineChart {
    let columns = columns.indices.compactMap { column in
      numbers(column).map { (name: self.columns[column], values: $0) }
    }
    guard !columns.isEmpty else { throw FigureFault.notSeries("Table", argument: 0) }
    let isRising = zip(columns[0].values, columns[0].values.dropFirst()).allSatisfy { $0 < $1 }
    let first = isRising && columns.count > 1 ? columns[0] : nil
    let lines = columns.dropFirst(first == nil ? 0 : 1)
    return LineChart(
      lines.map { .init($0.name, x: first?.values, y: $0.values) }, title: title, xName: first?.name ?? "")
  }
}

extension TableObject: FigureConvertible {
  func figure(_ context: DisplayContext) -> any Figure { picture ?? TableDisplay.table(self, context) }
}
