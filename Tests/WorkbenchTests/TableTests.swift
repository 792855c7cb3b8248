// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import Testing
import Workbench

/// The table of builtins is the one source of help, completion and reference; here it is held to its word.
@Suite struct TableTests {
  static let builtins = WorkbenchTable.builtins

  @Test("Every builtin and parameter has both texts, ending as sentences do, and an example")
  func texts() {
    for builtin in Self.builtins {
      check(builtin.text, "\(builtin.name)")
      for parameter in builtin.parameters { check(parameter.text, "\(builtin.name)(\(parameter.name))") }
      #expect(!builtin.examples.isEmpty, "\(builtin.name) has no example")
    }
    for type in WorkbenchTable.hostTypes {
      for field in type.fieldDescriptions { check(field.text, "\(type.typeName).\(field.name)") }
    }
  }

  private func check(_ text: Text, _ place: String) {
    #expect(text.english.hasSuffix("."), "\(place): \(text.english)")
    #expect(text.chinese.hasSuffix("。"), "\(place): \(text.chinese)")
    #expect(text.chinese.unicodeScalars.contains { $0.value >= 0x4E00 } || text.english.count < 30, "\(place)")
  }

  @Test("No two variants of one name take the same first argument")
  func variantsAreApart() {
    let bench = Bench()
    bench.run("t = ones(2); p = Linear(2, 1); q = p.weight; o = SGD(p, 0.1); d = dataset(\"digits\", limit=20)")
    bench.run("l = Loader(d, batch=5); b = next(l); g = GAN(d, batch=5); s = samples(g, 2); a = Table(\"x\")")
    bench.run("v = VAE(d, batch=5); c = Classifier(d, batch=5); h = g.history; n = snapshot(g)")
    let values = bench.evaluator.variables.map(\.value) + [.int(1), .float(0.5), .string("a"), .list([.int(1)])]
    #expect(values.count >= 18, "some of the values could not be made")
    let byName = Dictionary(grouping: Self.builtins) { $0.name }
    for (name, variants) in byName where variants.count > 1 {
      for value in values {
        let takers = variants.filter { $0.parameters.first?.accepts(value) ?? false }
        #expect(takers.count <= 1, "\(name) has \(takers.count) variants for a \(value.typeName)")
      }
    }
  }

  @Test("Every builtin that is declared is in the table")
  func rollCall() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Workbench/Builtins").standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var declared = 0
    for file in files.sorted() where file.hasSuffix(".swift") {
      let text = String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
      declared += Self.declarations(in: text)
    }
    #expect(declared == Self.builtins.count, "a builtin is declared but not listed, or listed twice")
    #expect(declared > 120)
  }

  /// How many `static let name = Builtin(` and the like a text has: calls of the makers of builtins.
  private static func declarations(in text: String) -> Int {
    let makers = ["Builtin(", "elementwise(", "ofNumber(", "reduction(", "loss(", "change(", "mixing("]
    return text.split(separator: "\n").count { line in
      let line = line.drop { $0 == " " }
      guard line.hasPrefix("static let "), let start = line.firstRange(of: " = ") else { return false }
      return makers.contains { line[start.upperBound...].hasPrefix($0) }
    }
  }

  @Test("Every example runs and shows what it says", arguments: builtins.indices)
  func examplesRun(index: Int) {
    let builtin = Self.builtins[index]
    for example in builtin.examples {
      let bench = Bench()
      if let given = example.given {
        let error = bench.run(given)
        #expect(error == nil, "\(builtin.name): \(given)\n\(error?.summary(.english) ?? "")")
      }
      let error = bench.run(example.code)
      #expect(error == nil, "\(builtin.name): \(example.code)\n\(error?.summary(.english) ?? "")")
      guard let expected = example.shows else { continue }
      let shown = bench.console.lines.joined(separator: "\n")
      #expect(shown.contains(expected), "\(builtin.name): \(example.code) shows\n\(shown)\nnot \(expected)")
    }
  }

  @Test("Examples run in Chinese too")
  func examplesInChinese() {
    for builtin in Self.builtins {
      guard let example = builtin.examples.first else { continue }
      let bench = Bench()
      bench.console.language = .chinese
      if let given = example.given { bench.run(given) }
      let error = bench.run(example.code)
      #expect(error == nil, "\(builtin.name): \(error?.summary(.chinese) ?? "")")
    }
  }
}
