// SPDX-License-Identifier: Apache-2.0
import Figures
import TestSupport
import Testing

private let gradients = Table(
  aside: "step 150",
  columns: [
    .init("layer", .left), .init("shape", .right), .init("‖g‖", .right), .init("max|g|", .right),
    .init("histogram", .left, isPicture: true), .init("note", .left),
  ],
  sections: [
    .init(
      "G  (from errG)",
      rows: [
        ["0.weight", "[128, 64]", .init("6.6e-02", number: 0.066), .init("4.6e-03", number: 0.0046), "▁▁▂▅█▅▂▁▁▁", ""],
        ["2.weight", "[256, 128]", .init("2.4e-01", number: 0.24), .init("1.0e-02", number: 0.01), "▁▁▁▄█▄▁▁▁▁", ""],
      ]),
    .init(
      "D  (from errD)",
      rows: [
        [
          "3.weight", "[1, 128]", .init("1.7e+00", number: 1.7), .init("4.6e-01", number: 0.46), "▁▁▂▃█▅▂▁▁▁",
          .init("large", isWarning: true),
        ]
      ]),
  ],
  notes: ["large gradients: a smaller learning rate usually helps"])

private let chinese = Table(
  "训练集", columns: [.init("名称"), .init("图片"), .init("准确率")],
  rows: [["真实", .init(100), .init(0.713, decimals: 3)], ["真实 + VAE 生成", .init(2100), .init(0.731, decimals: 3)]])

@Suite("Tables")
struct TableTests {
  @Test("sections, a remark at the right end, and notes")
  func plain() {
    expectGolden(gradients.plainText, "table.txt")
    #expect(gradients.plainText.split(separator: "\n").allSatisfy { $0.displayWidth() <= 80 })
  }

  @Test("ASCII, colour and narrow terminals")
  func canvases() {
    expectGolden(gradients.text(on: Canvas(unicode: false)), "table-ascii.txt")
    expectGolden(gradients.text(on: Canvas(columns: 40)), "table-40.txt")
    #expect(gradients.text(on: Canvas(unicode: false)).utf8.allSatisfy { $0 < 0x80 })
    let colored = gradients.text(on: Canvas(color: .sixteen))
    #expect(colored.contains("\u{1B}[31mlarge\u{1B}[0m"))
  }

  @Test("columns that say least give way where all do not fit, and are named")
  func dispensable() {
    var table = gradients
    table.columns[1].dispensability = 1
    table.columns[4].dispensability = 2
    #expect(table.plainText.contains("histogram"))
    let narrow = table.text(on: Canvas(columns: 50))
    #expect(narrow.contains("(no room here for: histogram)") && narrow.contains("shape") && narrow.contains("large"))
    #expect(narrow.split(separator: "\n").allSatisfy { $0.displayWidth() <= 50 })
    #expect(table.html().contains("histogram") && table.csv().contains("shape"))
  }

  @Test("East Asian text is aligned by its width")
  func wide() {
    expectGolden(chinese.plainText, "table-zh.txt")
  }

  @Test("reader mode says names and values, and leaves small pictures out")
  func reader() {
    expectGolden(gradients.text(on: Canvas(reader: true)), "table-reader.txt")
  }

  @Test("HTML has a caption, scopes and no markup from its content")
  func html() {
    expectGolden(gradients.html(), "table.html")
    let hostile = Table("<script>", columns: [.init("a&b")], rows: [["<b>\"x\"</b>"]])
    #expect(!hostile.html().contains("<script>"))
    #expect(hostile.html().contains("&lt;b&gt;&quot;x&quot;&lt;/b&gt;"))
  }

  @Test("CSV has numbers in full and quotes what needs it")
  func csv() {
    let table = Table(
      columns: [.init("name, kind"), .init("value")],
      rows: [["say \"hi\"", .init(0.1 + 0.2, decimals: 1)], ["x", .init(3)], ["short row"]])
    #expect(table.csv() == "\"name, kind\",value\r\n\"say \"\"hi\"\"\",0.30000000000000004\r\nx,3\r\nshort row,\r\n")
    #expect(gradients.csv().hasPrefix("section,layer,shape"))
  }

  @Test("a long table shows its ends and says how much is left out")
  func long() {
    let table = Table(
      columns: [.init("step"), .init("loss")], rows: (1...1000).map { [.init($0), .init(1 / Double($0))] })
    let lines = table.plainText.split(separator: "\n")
    #expect(lines.count == 32)
    #expect(lines[25].contains("970 more rows"))
    #expect(lines.last?.contains("1000") == true)
    #expect(table.csv().split(separator: "\r\n").count == 1001)
  }

  @Test("too many columns become blocks that repeat the first")
  func blocks() {
    let table = Table(
      columns: (0..<30).map { .init("column \($0)") }, rows: [(0..<30).map { .init(Double($0) * 1000, decimals: 2) }])
    let text = table.plainText
    #expect(text.split(separator: "\n").allSatisfy { $0.displayWidth() <= 80 })
    #expect(text.contains("column 29"))
  }

  @Test("nothing at all is still a table")
  func empty() {
    #expect(Table(columns: []).plainText == "")
    #expect(Table(columns: [.init("a")], rows: []).plainText == "  a")
    #expect(Table(columns: [.init("a")], rows: [[]]).html().contains("<th scope=\"row\""))
  }
}
