// SPDX-License-Identifier: Apache-2.0

extension VAETrainer {
  /// A trainer on the same data with nets of the same make.
  ///
  /// - Throws: `TrainerError.unsupported` if a net cannot be copied.
  public func duplicate() throws(TrainerError) -> any Trainer {
    throw .unsupported(what: "fork", reason: "the net cannot be copied")
  }
}
