// SPDX-License-Identifier: Apache-2.0
import Datasets
import Glibc
import Layers
import Tensors
import Testing

@testable import Generative

/// A bottleneck's losses are computed again, in double precision, from the codes and logits of a fork.
@Suite struct BottleneckTests {
  @Test("The printed terms are those of the codes and logits, the loss their sum with β", arguments: [0.001, 0.5])
  func recomputed(beta: Double) throws {
    let vib = try tinyBottleneck { $0.beta = beta }
    try vib.run(3)
    let twin = try #require(try vib.fork() as? BottleneckTrainer)
    let report = try vib.takeStep()

    let batch = try twin.nextBatch()
    let code = try twin.encode(batch.x)
    let z = try code.mean + exp(code.logVariance * 0.5) * twin.state.streams.noise.normal(code.mean.shape)
    let logits = try twin.decoder(z, in: twin.lookingContext())
    let labels = try #require(batch.y).integers().map { Int($0) }
    let errors = try crossEntropy(rows(logits), labels)
    let divergence = try divergences(rows(code.mean), rows(code.logVariance)).reduce(0, +) / 8
    expectNear(report["ce"], errors)
    expectNear(report["kl"], divergence)
    expectNear(report["loss"], errors + beta * divergence)
  }

  @Test("Codes start almost without noise, and dearer information is let through less")
  func cost() throws {
    let cheap = try tinyBottleneck { $0.beta = 0 }
    let start = try cheap.encode(Tensor.zeros([2, 1, 28, 28])).logVariance.scalars()
    #expect(start.allSatisfy { abs($0 + 10) < 2 })
    let dear = try tinyBottleneck { $0.beta = 10 }
    try cheap.run(30)
    try dear.run(30)
    let (much, little) = (try cheap.information(tinyDigits()), try dear.information(tinyDigits()))
    #expect(little.aboutInput < much.aboutInput)
    #expect(much.aboutLabel <= much.labelEntropy)
  }

  @Test("The entropy of balanced labels is the logarithm of their number")
  func entropy() throws {
    let vib = try tinyBottleneck()
    let data = try tinyDigits()
    var counts = [Double](repeating: 0, count: 10)
    for label in data.labels { counts[label] += 1 }
    let expected = -counts.filter { $0 > 0 }.reduce(0) { $0 + $1 / 60 * log2($1 / 60) }
    expectNear(vib.labelEntropy(of: data), expected)
    #expect(expected <= log2(10))
  }

  @Test("Looking gives the same every time and changes no training")
  func looking() throws {
    let (watched, alone) = (try tinyBottleneck(), try tinyBottleneck())
    try watched.run(2)
    let first = try watched.information(tinyDigits())
    #expect(try watched.information(tinyDigits()) == first)
    _ = try watched.evaluate(tinyDigits())
    try watched.run(2)
    try alone.run(4)
    #expect(watched.state.history == alone.state.history)
  }
}
