// SPDX-License-Identifier: Apache-2.0
import TensorFiles
import Tensors
import TestSupport
import Testing

@testable import QualityMetrics

/// Every measure in feature space against NumPy, on the same vectors; `Fixtures/make_reference.py` wrote them.
@Suite struct ReferenceTests {
  let file: NPZFile
  let real: Features
  let fake: Features

  init() throws {
    file = try NPZFile(fixture("Fixtures/reference.npz"))
    real = Features(try file.array("real").tensor())
    fake = Features(try file.array("fake").tensor())
  }

  private func number(_ name: String) throws -> Double { try file.array(name).tensor().item() }

  @Test("Fréchet distance")
  func frechet() throws {
    expectClose(try frechetDistance(fake, real), try number("frechet"))
    expectClose(try frechetDistance(real, fake), try number("frechet"))
    #expect(try frechetDistance(real, real) < 1e-9)
  }

  @Test("Kernel distance, and that blocks only add an error bar")
  func kernel() throws {
    expectClose(try kernelDistance(fake, real).value, try number("kid"))
    let blocks = try kernelDistance(fake, real, blockSize: 100)
    #expect(blocks.standardError > 0)
    #expect(abs(blocks.value - (try number("kid"))) < 4 * blocks.standardError)
  }

  @Test("Precision, recall, density, coverage")
  func neighbourhoods() throws {
    let found = try precisionAndRecall(generated: fake, real: real)
    let expected = try file.array("neighbourhoods").tensor().scalars().map(Double.init)
    for (value, wanted) in zip([found.precision, found.recall, found.density, found.coverage], expected) {
      expectClose(value, wanted)
    }
  }

  @Test("Structural similarity and signal-to-noise ratio")
  func images() throws {
    let x = try file.array("x").tensor().scalars()
    let y = try file.array("y").tensor().scalars()
    expectClose(try structuralSimilarity(x, y, shape: [1, 28, 28]), try number("ssim"))
    expectClose(try peakSignalToNoise(x, y), try number("psnr"))
    #expect(try structuralSimilarity(x, x, shape: [1, 28, 28]) == 1)
    #expect(try peakSignalToNoise(x, x) == .infinity)
  }

  private func expectClose(_ found: Double, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
      abs(found - expected) <= 1e-4 * abs(expected), "\(found) against \(expected)", sourceLocation: sourceLocation)
  }
}
