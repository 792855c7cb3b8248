// SPDX-License-Identifier: Apache-2.0
import Figures
import Images
import TestSupport
import Testing

@Suite("Pixels, events and gaps")
struct PixelTests {
  @Test("the pixels of every figure that has any")
  func pixels() throws {
    let lines = try allFigures.compactMap { name, figure -> String? in
      switch figure {
      case let chart as any VectorFigure: "\(name) \(try fingerprint(chart.bitmap(ground: nil)))"
      case let map as HeatMap: "\(name) \(try fingerprint(map.bitmap()))"
      default: nil
      }
    }
    expectGolden(lines.joined(separator: "\n") + "\n", "pixels.txt")
  }

  @Test("names of events that are close to each other stand in rows of their own")
  func events() {
    let chart = LineChart(
      [.init("a", y: (0..<100).map(Double.init))],
      events: (0..<6).map { .init(x: Double(40 + $0), name: "event \($0)") })
    let lines = chart.svg().split(separator: "\n").filter { $0.contains(">event ") }
    let heights = lines.compactMap { $0.firstMatch(of: /y="([0-9.]+)"/).map { String($0.1) } }
    #expect(heights.count == 6)
    #expect(Set(heights).count == 6)
  }

  @Test("what nobody measured is a gap of which nothing is said")
  func unmeasured() {
    var series = LineChart.Series("errG", y: [1, .nan, .nan, 2, .infinity])
    series.unmeasured = 2
    #expect(LineChart([series]).remarks(.english) == ["errG: 5 values, of which 1 not finite"])
    series.y[4] = 3
    #expect(LineChart([series]).remarks(.english).isEmpty)
  }

  @Test("a surface behind a chart has no seams: neighbours overlap")
  func seams() throws {
    let ground = HeatMap((0..<49).map { Float($0 % 2) }, columns: 7, palette: .grey)
    var chart = Scatter([.init("a", x: [0], y: [0])])
    chart.ground = ground
    let picture = try chart.bitmap(scale: 1, ground: nil)
    let middle = picture.height / 3
    #expect((80..<300).allSatisfy { Array(picture[$0, middle])[3] == 255 }, "nothing shines through")
  }
}
