// SPDX-License-Identifier: Apache-2.0
import Benchmarks
import KernelSession
import Language
import Tensors

/// The workload `gan-mlp` as a loop written line by line in the language, as the article has it.
enum LanguageLoop {
  static let workload = Workload(name: "gan-mlp-loop", batch: 64) {
    let threads = Compute.threads
    let session = Session(
      table: HostAssembly.table, services: HostAssembly.services(), options: Session.Options(language: .english))
    Compute.threads = threads
    OperationWatch.attach(to: session.interrupt)
    try execute(nets, in: session)
    return Workload.Prepared(cost: Workload.costOfDenseGAN, stepsOfRun: 16) { try execute(loop, in: session) }
  }

  private static let nets = """
    seed 7
    data = dataset("digits", limit=1024) |> normalize(0.5, 0.5)
    loader = Loader(data, batch=64, shuffle=True)
    G = Sequential(Linear(100, 256), LeakyReLU(0.2), Linear(256, 512), LeakyReLU(0.2), Linear(512, 1024), LeakyReLU(0.2),
      Linear(1024, 784), tanh, Reshape(1, 28, 28))
    D = Sequential(Flatten(), Linear(784, 512), LeakyReLU(0.2), Linear(512, 256), LeakyReLU(0.2), Linear(256, 1), sigmoid)
    criterion = bce
    optimizer_G = Adam(G.parameters(), lr=0.0002, betas=(0.5, 0.999))
    optimizer_D = Adam(D.parameters(), lr=0.0002, betas=(0.5, 0.999))
    """

  /// One pass over the data: 16 batches.
  private static let loop = """
    for i, (real, _) in enumerate(loader) {
      optimizer_D.zero_grad()
      real_label = ones(real.size(0), 1)
      fake_label = zeros(real.size(0), 1)
      errD_real = criterion(D(real), real_label)
      fake = G(randn(real.size(0), 100))
      errD_fake = criterion(D(fake.detach()), fake_label)
      errD = errD_real + errD_fake
      errD.backward()
      optimizer_D.step()

      optimizer_G.zero_grad()
      errG = criterion(D(fake), real_label)
      errG.backward()
      optimizer_G.step()
    }
    """

  private static func execute(_ code: String, in session: Session) throws {
    let done = session.execute(ExecutionRequest(code, storesHistory: false, isScript: true), to: NoOutput())
    if let failure = done.failure { throw LoopFailure(lines: failure.lines) }
  }
}

/// The loop stopped with an error.
private struct LoopFailure: Error, CustomStringConvertible {
  let lines: [String]
  var description: String { lines.joined(separator: "\n") }
}

/// Drops what a program shows.
private final class NoOutput: OutputSink {
  func emit(_ output: Output) {}
  func readLine(prompt: String, password: Bool) throws(InputError) -> String { throw .notAllowed }
}
