// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Layers
import Tensors

/// 60 drawn digits, scaled to −1 … 1.
func tinyDigits(_ count: Int = 60) throws -> Dataset {
  try DrawnDigits.dataset(split: "test").prefix(count).normalized(mean: 0.5, deviation: 0.5)
}

/// A GAN that steps fast: small nets, batches of 8.
func tinyGAN(_ change: (inout GANOptions) -> Void = { _ in }) throws -> GANTrainer {
  var options = GANOptions()
  options.latent = 6
  options.batch = 8
  options.architecture = .small
  options.seed = 3
  change(&options)
  return try GANTrainer(tinyDigits(), options)
}

/// A VAE that steps fast.
func tinyVAE(_ change: (inout VAEOptions) -> Void = { _ in }) throws -> VAETrainer {
  var options = VAEOptions()
  options.latent = 3
  options.hidden = 16
  options.batch = 8
  options.seed = 4
  change(&options)
  let isUnit = options.reconstruction == .crossEntropy
  let data = try tinyDigits()
  return try VAETrainer(isUnit ? data.unscaled : data, options)
}

/// A classifier that steps fast.
func tinyClassifier(_ change: (inout ClassifierOptions) -> Void = { _ in }) throws -> ClassifierTrainer {
  var options = ClassifierOptions()
  options.batch = 8
  options.rate = 1e-3
  options.net = try ClassifierNets.perceptron(
    [1, 28, 28], hidden: [32], classes: 10, random: RandomStream(seed: 1))
  change(&options)
  return try ClassifierTrainer(tinyDigits(), options)
}

/// A classifier with a bottleneck that steps fast.
func tinyBottleneck(_ change: (inout BottleneckOptions) -> Void = { _ in }) throws -> BottleneckTrainer {
  var options = BottleneckOptions()
  options.latent = 3
  options.hidden = 16
  options.batch = 8
  options.rate = 1e-3
  options.seed = 5
  change(&options)
  return try BottleneckTrainer(tinyDigits(), options)
}

/// A super-resolution GAN that steps fast.
func tinyEnlarger(_ change: (inout SuperResolutionOptions) -> Void = { _ in }) throws -> SuperResolutionTrainer {
  var options = SuperResolutionOptions()
  options.width = 4
  options.batch = 8
  options.seed = 6
  change(&options)
  return try SuperResolutionTrainer(tinyDigits(), options)
}

/// Every kind of trainer, small.
func everyTrainer() throws -> [any Trainer] {
  [
    try tinyGAN(),
    try tinyGAN {
      $0.averageDecay = 0.9; $0.discriminatorSteps = 2
    }, try tinyVAE(),
    try tinyVAE { $0.reconstruction = .crossEntropy }, try tinyClassifier(), try tinyBottleneck(), try tinyEnlarger(),
  ]
}

extension Trainer {
  /// Takes steps as one command.
  @discardableResult
  func run(_ steps: Int, only: String? = nil) throws -> [StepReport] {
    let run = try TrainingRun(self, .steps(steps), only: only)
    var reports: [StepReport] = []
    while let report = try run.next() { reports.append(report) }
    return reports
  }
}
