// SPDX-License-Identifier: Apache-2.0
import KernelSession
import Testing

struct RecipeTests {
  private func recipe(_ cells: String..., of name: String) -> [String] {
    let session = Session.toy()
    for cell in cells { session.run(cell) }
    return session.run("%recipe \(name)").split(separator: "\n").map(String.init)
  }

  @Test func `what made and changed the object is kept, what only looked is not`() {
    let lines = recipe("x = 1", "gan = Trainer()", "step gan 2;", "gan", "pick(gan)", "step gan 3", of: "gan")
    #expect(lines == ["gan = Trainer()", "step gan 2", "step gan 3"])
  }

  @Test func `what a statement needs is kept too`() {
    let lines = recipe(
      "unused = 1", "n = 2", "def train(t) = step(t, n)", "gan = Trainer()", "train(gan)", of: "gan")
    #expect(lines == ["n = 2", "def train(t) = step(t, n)", "gan = Trainer()", "train(gan)"])
  }

  @Test func `an object that was made again forgets what it was`() {
    let lines = recipe("gan = Trainer()", "step gan 2", "gan = Trainer()", "step gan 1", of: "gan")
    #expect(lines == ["gan = Trainer()", "step gan 1"])
  }

  @Test func `a change through another name counts`() {
    let lines = recipe("gan = Trainer()", "other = gan", "step other 2", of: "gan")
    #expect(lines == ["gan = Trainer()", "other = gan", "step other 2"])
  }

  @Test func `fields that are set count`() {
    #expect(recipe("gan = Trainer()", "gan.rate = 0.1", of: "gan") == ["gan = Trainer()", "gan.rate = 0.1"])
  }

  @Test func `streams are put where they were when something between was left out`() {
    let lines = recipe("a = draw()", "draw", "b = draw()", of: "b")
    #expect(lines == ["draw 2", "b = draw()"])
  }

  @Test func `a statement may be put in other words by a builtin`() {
    let lines = recipe("gan = Trainer()", "rest gan", "repeat 1 { rest gan }", of: "gan")
    #expect(lines == ["gan = Trainer()", "step gan 7", "repeat 1 { rest gan }"])
  }

  @Test func `an object made from its recipe is the same`() {
    let session = Session.toy()
    session.run("gan = Trainer()", "step gan 5", "gan.rate = 0.25")
    #expect(session.run("%verify gan").hasPrefix("verified: 3 statements"))
    #expect(session.run("x = 1", "%verify x").contains("cannot compare"))
    #expect(session.run("%recipe nothere").hasPrefix("NameError"))
  }

  @Test func `blocks and programs are kept whole`() {
    let lines = recipe("gan = Trainer()", "for i in range(3) {\n  step gan\n}", of: "gan")
    #expect(lines == ["gan = Trainer()", "for i in range(3) {", "  step gan", "}"])
  }
}
