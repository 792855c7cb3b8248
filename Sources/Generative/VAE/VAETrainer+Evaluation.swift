// SPDX-License-Identifier: Apache-2.0
public import Datasets
import Layers
import Tensors

/// The bound on some data, term by term, per image.
public struct LowerBoundReport: Sendable, Hashable {
  /// How many images it was taken over.
  public let images: Int
  /// −log p(x | z), or the squared error for `mse`.
  public let reconstruction: Double
  /// The divergence; the sum of `unitDivergences`.
  public let divergence: Double
  /// The divergence of each code unit.
  public let unitDivergences: [Double]
  /// How much the mean of each code unit varies over the images, as a variance.
  public let unitVariances: [Double]
  /// Whether reconstruction plus divergence bounds −log p(x); it does not for `mse`, which leaves out a constant and
  /// so stands for a fixed deviation.
  public let isLikelihood: Bool

  /// The standard errors of reconstruction, divergence and total: how far the choice of images may have moved them.
  public let errors: LowerBoundErrors

  /// Reconstruction plus divergence.
  public var total: Double { reconstruction + divergence }

  /// Code units whose mean varies by more than 0.01.
  ///
  /// Burda et al. 2015, arXiv:1509.00519, section 5.
  public var activeUnits: Int { unitVariances.count { $0 > 0.01 } }
}

/// The standard errors of a bound's terms, each per image.
public struct LowerBoundErrors: Sendable, Hashable {
  /// That of the reconstruction.
  public let reconstruction: Double
  /// That of the divergence.
  public let divergence: Double
  /// That of their sum; smaller or larger than both together, as they go together or not.
  public let total: Double
}

/// An estimate of −log p(x) per image.
public struct ImportanceBound: Sendable, Hashable {
  /// How many codes were drawn for each image.
  public let codes: Int
  /// Nats per image.
  public let nats: Double
  /// Its standard error over the images.
  public let standardError: Double
}

extension VAETrainer {
  /// The bound on data, with one code drawn for each image from a stream that is the same every time.
  ///
  /// - Parameters:
  ///   - data: Images of the training data's shape and scale; labelled if conditional.
  ///   - batch: How many are taken at a time.
  /// - Returns: Both terms per image, and how much each code unit carries.
  /// - Throws: `TrainerError.data` without images, `TrainerError.layer` for another shape, `TrainerError.stopped`.
  public func evaluate(_ data: Dataset, batch: Int = 500) throws(TrainerError) -> LowerBoundReport {
    guard !data.isEmpty else { throw .data(.empty(operation: "evaluate")) }
    let random = state.streams.fixedDisplay()
    var reconstructed = 0.0
    var terms: (reconstruction: [Double], divergence: [Double]) = ([], [])
    var units = [Double](repeating: 0, count: latent)
    var means = [Double](repeating: 0, count: latent)
    var squares = [Double](repeating: 0, count: latent)
    for start in stride(from: 0, to: data.count, by: max(batch, 1)) {
      if state.shouldStop() { throw .stopped }
      let images = Array(start..<min(start + max(batch, 1), data.count))
      try raising {
        let (x, labels) = try looked(at: data, images)
        let code = try code(of: [x] + labels, in: lookingContext())
        let z = try code.mean + exp(code.logVariance * 0.5) * random.normal(code.mean.shape)
        let output = try decoded([z] + labels, in: lookingContext())
        reconstructed += try reconstruction.sum(output, x, deviation: deviation).item()
        let each = try normalDivergence(mean: code.mean, logVariance: code.logVariance, reduction: .none)
        terms.reconstruction += try reconstruction.perImage(output, x, deviation: deviation).scalars().map(Double.init)
        terms.divergence += try sum(each, alongAxis: 1).scalars().map(Double.init)
        add(try sum(each, alongAxis: 0), to: &units)
        add(try sum(code.mean, alongAxis: 0), to: &means)
        add(try sum(code.mean * code.mean, alongAxis: 0), to: &squares)
      }
    }
    let count = Double(data.count)
    let variances = zip(means, squares).map { max($1 / count - ($0 / count) * ($0 / count), 0) }
    return LowerBoundReport(
      images: data.count, reconstruction: reconstructed / count, divergence: units.reduce(0, +) / count,
      unitDivergences: units.map { $0 / count }, unitVariances: variances,
      isLikelihood: reconstruction.isLikelihood,
      errors: LowerBoundErrors(
        reconstruction: standardError(terms.reconstruction), divergence: standardError(terms.divergence),
        total: standardError(zip(terms.reconstruction, terms.divergence).map(+))))
  }

  /// An estimate of −log p(x) per image by importance sampling, at most the bound and closer to the truth.
  ///
  ///     log p(x) ≈ log 1/k Σ p(x | z) p(z) / q(z | x),   k codes z drawn from q(z | x)
  ///
  /// Burda, Grosse and Salakhutdinov 2015, arXiv:1509.00519.
  ///
  /// - Parameters:
  ///   - data: Images; take a part, as each needs `samples` passes of the decoder.
  ///   - samples: k, how many codes are drawn for each image.
  ///   - isBinarized: Whether pixels are first rounded to 0 or 1; say which when a figure is compared.
  /// - Returns: Nats per image, with their standard error over the images.
  /// - Throws: `TrainerError.unsupported` for `mse`, which is no likelihood; `TrainerError.stopped`.
  public func importanceBound(
    _ data: Dataset, samples: Int = 200, isBinarized: Bool = false
  ) throws(TrainerError) -> ImportanceBound {
    guard reconstruction.isLikelihood else {
      throw .unsupported(
        what: "IWAE", reason: "recon=\"mse\" is no likelihood; make the VAE with \"bce\" or \"gaussian\"")
    }
    guard samples >= 1, samples <= 1_000_000 else {
      throw .setting(name: "k", value: "\(samples)", needs: "a whole number from 1")
    }
    guard !data.isEmpty else { throw .data(.empty(operation: "IWAE")) }
    let random = state.streams.fixedDisplay()
    var likelihoods: [Double] = []
    for start in stride(from: 0, to: data.count, by: 100) {
      let images = Array(start..<min(start + 100, data.count))
      likelihoods += try raising {
        try logLikelihoods(data, images, samples: samples, isBinarized: isBinarized, random)
      }
    }
    return ImportanceBound(
      codes: samples, nats: -likelihoods.reduce(0, +) / Double(data.count),
      standardError: standardError(likelihoods))
  }

  /// log p(x) of each of some images.
  private func logLikelihoods(
    _ data: Dataset, _ images: [Int], samples: Int, isBinarized: Bool, _ random: RandomStream
  ) throws -> [Double] {
    var (x, labels) = try looked(at: data, images)
    if isBinarized { x = try (x > Tensor(0.5)).converted(to: .float32) }
    let code = try code(of: [x] + labels, in: lookingContext())
    let deviation = try exp(code.logVariance * 0.5)
    var weights = Array(repeating: [Double](), count: images.count)
    for _ in 0..<samples {
      if state.shouldStop() { throw TrainerError.stopped }
      let noise = try random.normal(code.mean.shape)
      let z = try code.mean + deviation * noise
      let output = try decoded([z] + labels, in: lookingContext())
      let likelihood = try reconstruction.perImage(output, x, deviation: self.deviation)
      // log p(z) − log q(z | x): the constants of the two normals cancel.
      let ratio = try sum((noise * noise + code.logVariance - z * z) * 0.5, alongAxis: 1)
      for (image, weight) in try (ratio - likelihood).scalars().enumerated() { weights[image].append(Double(weight)) }
    }
    return weights.map(logMeanExp)
  }

  private func looked(at data: Dataset, _ images: [Int]) throws -> (x: Tensor, labels: [Tensor]) {
    let batch = try data.batch(images)
    guard isConditional else { return (batch.x, []) }
    guard let labels = batch.y else { throw TrainerError.data(.unlabelled(name: data.name)) }
    return (batch.x, [labels])
  }

  private func add(_ addition: Tensor, to sums: inout [Double]) {
    for (unit, number) in addition.scalars().enumerated() { sums[unit] += Double(number) }
  }
}

/// The standard error of the mean of some values; 0 of a single one.
private func standardError(_ values: [Double]) -> Double {
  let count = Double(values.count)
  guard values.count > 1 else { return 0 }
  let mean = values.reduce(0, +) / count
  return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count).squareRoot()
}

/// log of the mean of exponentials, without overflow.
private func logMeanExp(_ numbers: [Double]) -> Double {
  let top = numbers.max() ?? 0
  return top + scalarLog(numbers.reduce(0) { $0 + scalarExp($1 - top) } / Double(max(numbers.count, 1)))
}
