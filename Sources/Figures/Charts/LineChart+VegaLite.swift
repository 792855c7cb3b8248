// SPDX-License-Identifier: Apache-2.0

extension LineChart {
  /// The chart for a viewer of Vega-Lite, version 5, in which one can zoom and read values off.
  ///
  /// Dense series are thinned as in the picture; missing values are `null`.
  ///
  /// - Returns: A JSON document.
  public func vegaLite(_ wording: Wording = .english) -> String {
    let rows = series.flatMap { series in
      points(series).map { point in
        let (x, y) = (Markup.json(point.x), Markup.json(point.y))
        return "{\"x\":\(x),\"y\":\(y),\"series\":\(Markup.json(series.name))}"
      }
    }
    let colors = series.indices.map { Markup.json(SeriesStyle($0).hex) }.joined(separator: ",")
    let names = series.map { Markup.json($0.name) }.joined(separator: ",")
    let scale = isLogarithmic ? "{\"type\":\"log\"}" : "{\"zero\":false}"
    return """
      {"$schema":"https://vega.github.io/schema/vega-lite/v5.json","description":\(Markup.json(alternativeText(wording))),\
      "title":\(Markup.json(title)),"width":520,"height":240,"background":null,\
      "config":{"axis":{"labelColor":"#808080","titleColor":"#808080","gridOpacity":0.25},\
      "legend":{"labelColor":"#808080","titleColor":"#808080"},"title":{"color":"#808080"},"view":{"stroke":null}},\
      "data":{"values":[\(rows.joined(separator: ","))]},\
      "params":[{"name":"view","select":"interval","bind":"scales"}],\
      "mark":{"type":"line","tooltip":true},\
      "encoding":{"x":{"field":"x","type":"quantitative","title":\(Markup.json(xName))},\
      "y":{"field":"y","type":"quantitative","title":null,"scale":\(scale)},\
      "color":{"field":"series","type":"nominal","title":null,"scale":{"domain":[\(names)],"range":[\(colors)]}}}}
      """
  }

  /// The values of a series, thinned; a missing value between two runs.
  private func points(_ series: Series) -> [Point] {
    let (xAxis, yAxis) = (xAxis, yAxis(padding: 0))
    var points: [Point] = []
    // Positions are turned back into values, so that thinning works on what is seen.
    for run in Thinning.runs(positions(series, xAxis, yAxis), strips: 500) {
      if let last = points.last { points.append(Point(last.x, .nan)) }
      points += run.map { Point(xAxis.value(at: $0.x), yAxis.value(at: $0.y)) }
    }
    return points
  }
}
