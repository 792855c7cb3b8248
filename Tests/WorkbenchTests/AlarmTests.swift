// SPDX-License-Identifier: Apache-2.0
import Language
import Testing
import Workbench

/// What a user sees of alarms: a line after the command, a table on request, a page of help for each.
@Suite struct AlarmTests {
  @Test("A command that goes wrong says so in a line that names a page of help")
  func toldUnasked() throws {
    let bench = Bench()
    let error = bench.run(
      """
      vae = VAE(dataset("digits", limit=200), z=16, batch=32, beta=50, seed=1)
      step(vae, 150)
      """)
    #expect(error == nil)
    let note = try #require(bench.console.lines.first { $0.hasPrefix("note: posterior collapse") })
    #expect(note.hasSuffix("See ?posterior"))
  }

  @Test("The table of alarms says which, and is empty for sound training")
  func asked() {
    let bench = Bench()
    let error = bench.run(
      """
      vae = VAE(dataset("digits", limit=200), z=16, batch=32, beta=50, seed=1)
      step(vae, 150); print(alarms(vae).names)
      sound = VAE(dataset("digits", limit=200), z=16, batch=32, seed=1)
      step(sound, 150); print(alarms(sound).names)
      """)
    #expect(error == nil)
    #expect(bench.console.lines.contains("[\"posterior collapse\"]"))
    #expect(bench.console.lines.contains("[]"))
  }

  @Test("A judge that is given looks at any images, also where nobody knows what data they imitate")
  func givenJudge() {
    let bench = Bench()
    let error = bench.run(
      """
      real = dataset("digits", limit=200); j = judge(real, dataset("digits", split="test", limit=60))
      q = quality(real.x, judge=j); print(q.recall > 0.5, q.judge_accuracy == j.accuracy)
      """)
    #expect(error == nil, "\(error?.summary(.english) ?? "")")
    #expect(bench.console.lines.last == "True True")
  }

  @Test(
    "Every alarm has a page of help",
    arguments: [
      "collapse", "dwins", "vanishing", "exploding", "posterior", "copies", "blurred", "noisy", "condition",
    ])
  func pages(topic: String) {
    #expect(WorkbenchTable.make().topics.contains { $0.name == topic })
  }
}
