// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import Language
import Layers
import Tensors

/// Numbers of the language, or a function over the plane, as a heat map.
struct HeatReader {
  let palette: HeatMap.Palette?
  /// What is written below.
  let name: String
  let wording: Wording

  /// Points along each side of the plane.
  private static let steps = 48

  /// The map of a tensor, or of a net over the plane.
  func map(of value: Value, span: Double, _ call: Call) throws -> any Figure {
    if let tensor = Tensor.convert(value) { return try map(tensor) }
    guard let function = FunctionArgument.convert(value) else {
      throw FigureFault.notSeries(value.typeName, argument: 0)
    }
    return try plane(function, span: min(max(abs(span), 1e-6), 1e6), call)
  }

  /// One picture as a map; several as a sheet of maps with one scale.
  private func map(_ tensor: Tensor) throws -> any Figure {
    let numbers: Tensor? = tensor.rank == 1 ? try? tensor.detached().reshaped(to: [1, tensor.count]) : tensor
    guard let numbers, let pictures = numbers.rank == 2 ? numbers.detached() : TileReader.pictures(in: numbers) else {
      throw FigureFault.shape(
        tensor.shape,
        wanted: Text("a map has two axes, or is [count, channel, height, width]", zh: "应为二维，或 [个数, 通道, 高, 宽]"))
    }
    let sizes = pictures.shape.dimensions
    let (count, width) = (sizes.count == 2 ? 1 : sizes[0] * sizes[1], sizes[sizes.count - 1])
    let values = pictures.scalars()
    let whole = HeatMap(values, columns: width, palette: palette, caption: name)
    guard count > 1 else { return whole }
    let size = values.count / count
    var tiles: [Bitmap?] = []
    for index in 0..<min(count, 64) {
      let map = HeatMap(
        Array(values[(index * size)..<((index + 1) * size)]), columns: width, palette: whole.palette,
        range: whole.range)
      do throws(ImageError) { tiles.append(try map.tile()) } catch { throw FigureFault.picture(error.description) }
    }
    return Sheet(tiles, columns: min(8, tiles.count), caption: "\(name): \(whole.legend(wording))")
  }

  private func plane(_ function: FunctionArgument, span: Double, _ call: Call) throws -> HeatMap {
    let steps = Self.steps
    // Pixel centres, rows from the top.
    func place(_ index: Int) -> Float { Float((Double(2 * index + 1) / Double(steps) - 1) * span) }
    let points = (0..<(steps * steps)).flatMap { [place($0 % steps), -place($0 / steps)] }
    let input = try Tensor(points, shape: [steps * steps, 2])
    let before = GradientRecording.isOn
    GradientRecording.isOn = false
    defer { GradientRecording.isOn = before }
    let output = try function(input.value, in: call)
    guard let tensor = Tensor.convert(output), tensor.count == steps * steps else {
      throw FigureFault.shape(
        Tensor.convert(output)?.shape ?? [],
        wanted: Text("over the plane a function gives one number a point [n, 1]", zh: "平面上每个点应给出一个数 [n, 1]"))
    }
    let values = tensor.scalars()
    let isShare = values.allSatisfy { $0 >= 0 && $0 <= 1 }
    var map = HeatMap(
      values, columns: steps, palette: palette, range: isShare && palette != .diverging ? 0...1 : nil, caption: name)
    (map.xRange, map.yRange) = (-span...span, -span...span)
    return map
  }
}
