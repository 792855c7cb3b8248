// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Language
import Testing
import Workbench

@Suite struct FilmTests {
  private static let made = """
    gan = GAN(dataset("digits", limit=64), z=8, batch=16, arch="small", seed=1); step gan 6
    vae = VAE(dataset("digits", limit=64), z=4, batch=16, seed=1); step vae 4\n
    """

  @Test("A frame is what samples showed at its step; the trainer stays where it is")
  func frames() {
    let bench = Bench()
    #expect(bench.run(Self.made + "f = film(gan, 3, 4); now = samples(gan, 1x4)") == nil)
    #expect(bench.shown("print(f.steps, f.shape, gan.steps)").last == "[0, 3, 6] [3, 4, 1, 28, 28] 6")
    #expect(bench.shown("print(all(f[-1][0:4] == now[0:4]))").last == "True")
    #expect(bench.run("goto gan 3") == nil)
    #expect(bench.shown("print(all(f[1][0:4] == samples(gan, 1x4)[0:4]))").last == "True")
    #expect(bench.shown("print(len(f), f.images.rows)").last == "3 3")
  }

  @Test("A VAE shows the same images reconstructed, and no more than there are")
  func images() {
    let bench = Bench()
    #expect(bench.run(Self.made + "f = film(vae, 2, images=vae.data[0:3])") == nil)
    #expect(bench.shown("print(f.shape)").last == "[2, 3, 1, 28, 28]")
    #expect(bench.shown("print(all(f[1][0:3] == recon(vae, vae.data[0:3])[0:3]))").last == "True")
  }

  @Test("The saved film is an animated picture of all its frames; notebooks play it when asked to")
  func saved() throws {
    let bench = Bench()
    let path = "/tmp/easel-test-film-\(UInt64.random(in: 0 ... .max)).png"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(bench.run(Self.made + "f = film(gan, 3, 4); save f \"\(path)\"") == nil)
    let file = try [UInt8](Data(contentsOf: URL(filePath: path)))
    #expect(file.contains(Array("acTL".utf8)) && file.contains(Array("fdAT".utf8)))
    #expect(bench.run("film gan 3 4 play=True") == nil)
    let parts = try #require(bench.console.displays.last).parts
    guard case .bytes(let moving)? = parts.first(where: { $0.type == "image/png" })?.content else {
      Issue.record("no picture")
      return
    }
    #expect(moving.contains(Array("acTL".utf8)))
  }

  /// What is wrong, and what the message must hold.
  private static let wrong: [(typed: String, says: String)] = [
    ("film gan frames=1", "2 to 100"), ("film gan n=0", "1 to 256"), ("film gan frames=101", "2 to 100"),
    ("film(gan, images=gan.data[0:2])", "VAE"), ("film(GAN(dataset(\"digits\", limit=20)))", "no step to look back at"),
    ("r = GAN(dataset(\"ring8\"), z=2); step r 2; film r", "makes points"), ("film 3", "GAN or VAE"),
    ("f = film(gan, 2, 2); f[2]", "2 frames"), ("save(film(gan, 2, 2), \"/tmp/x.gif\")", ".png"),
  ]

  @Test("What cannot be filmed is told", arguments: wrong)
  func told(typed: String, says: String) throws {
    let bench = Bench()
    #expect(bench.run(Self.made) == nil)
    let error = try #require(bench.run(typed))
    #expect(
      error.summary(.english).contains(says)
        || error.lines(.init(language: .english, canvas: .init())).joined().contains(says))
  }

  @Test("Asked to stop, it stops, and the trainer is as it was")
  func stops() throws {
    let bench = Bench()
    #expect(bench.run(Self.made) == nil)
    bench.console.patience = 2
    let error = try #require(bench.run("film gan 3 4"))
    #expect(error.kind == .interrupted)
    bench.console.patience = nil
    #expect(bench.shown("print(gan.steps)").last == "6")
  }
}

extension [UInt8] {
  /// Whether the bytes occur in a row.
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    count >= part.count
      && indices.dropLast(part.count - 1).contains { self[$0..<($0 + part.count)].elementsEqual(part) }
  }
}
