// SPDX-License-Identifier: Apache-2.0
import Language
import Testing

@Test func thereAreProgramsForEveryFeature() {
  #expect(EaselProgram.all.count >= 90)
}

@Test(arguments: EaselProgram.all)
func aProgramShowsWhatItsCommentsSay(_ program: EaselProgram) {
  let bench = Bench()
  let error = bench.run(program.text)
  #expect(bench.console.lines == program.expected)
  if let expected = program.expectedError {
    #expect(error?.summary(.english).hasPrefix(expected) == true, "\(error?.summary(.english) ?? "no error")")
  } else {
    #expect(error == nil, "\(error?.lines(DisplayContext()).joined(separator: "\n") ?? "")")
  }
}
