// SPDX-License-Identifier: Apache-2.0
public import Datasets
import FoundationEssentials
import Layers
import TensorFiles
import Tensors

extension Judge {
  /// The place of the judge of some data in the user's cache.
  ///
  /// It follows from the training images, the test images and the recipe, so another data set has another judge.
  ///
  /// - Parameters:
  ///   - training: The images it is trained on.
  ///   - test: The images it is tried on.
  ///   - environment: `XDG_CACHE_HOME` and `HOME` are read from it; the process's own if nil.
  /// - Returns: A path ending in `.npz`.
  public static func cachePath(training: Dataset, test: Dataset, environment: [String: String]? = nil) -> String {
    let variables = environment ?? ProcessInfo.processInfo.environment
    let cache = variables["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? (variables["HOME"] ?? ".") + "/.cache"
    let key = String(training.fingerprint ^ (test.fingerprint &* 3), radix: 16)
    return "\(cache)/easel/judge-\(recipeVersion)-\(key).npz"
  }

  /// Changes when a judge of today, or its file, would not be the same as one of yesterday.
  private static let recipeVersion = 3

  /// The judge of some data: from the user's cache, or trained now and put there.
  ///
  /// A cache that cannot be written is no fault: the judge is then trained again next time.
  ///
  /// - Parameters:
  ///   - training: Labelled images.
  ///   - test: Labelled images that it has not seen.
  ///   - environment: Where the cache is; the process's own environment if nil.
  ///   - progress: Told the share done, 0 … 1, while training.
  ///   - shouldStop: Asked before each step.
  /// - Returns: The judge.
  /// - Throws: As `init(training:test:seed:progress:shouldStop:)`.
  public static func cached(
    training: Dataset, test: Dataset, environment: [String: String]? = nil, progress: (Double) -> Void = { _ in },
    shouldStop: () -> Bool = { false }
  ) throws(MetricError) -> Judge {
    let path = cachePath(training: training, test: test, environment: environment)
    if let kept = try? Judge(contentsOf: path, name: training.name, classes: training.classes, test: test) {
      return kept
    }
    let judge = try Judge(training: training, test: test, progress: progress, shouldStop: shouldStop)
    try? FileManager.default.createDirectory(
      atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true)
    try? judge.write(to: path)
    return judge
  }

  /// A judge from an archive of weights under PyTorch's names, and `scale`.
  ///
  /// The eight tensors of the net are told by their shapes and order: two convolutions, two linear layers, a weight and
  /// a bias each, whatever their names. Without `scale` it is found on the test images.
  ///
  /// - Parameters:
  ///   - path: An `.npz` file.
  ///   - name: The data it was trained on.
  ///   - classes: The names of the classes.
  ///   - test: Labelled images; the reference, unless the archive holds it.
  /// - Throws: `MetricError.file`, `MetricError.notAJudge` if the tensors are not those of such a net.
  public convenience init(
    contentsOf path: String, name: String, classes: [String], test: Dataset
  ) throws(MetricError) {
    let file = try measuring { try NPZFile(contentsOf: path) }
    let net: JudgeNet = try measuring {
      try JudgeNet(weights: file, shape: test.exampleShape, classes: classes.count, path: path)
    }
    let scale = try measuring { try (try? file.array("scale"))?.tensor().item() }
    guard let kept = try measuring({ try JudgeReference(file, classes: classes.count) }), let scale,
      kept.features.count == test.count,
      let accuracy = try measuring({ try (try? file.array("accuracy"))?.tensor().item() })
    else {
      try self.init(net: net, name: name, classes: classes, test: test, scale: scale)
      return
    }
    self.init(
      net: net.net, name: name, classes: classes, imageShape: test.exampleShape, accuracy: accuracy, scale: scale,
      reference: kept)
  }

  /// Writes weights, scale, accuracy and what it says of the test images.
  ///
  /// - Throws: `MetricError.file` if it cannot be written.
  public func write(to path: String) throws(MetricError) {
    try measuring {
      var file = NPZFile()
      for (name, tensor) in net.stateDictionary { file.arrays.append((name, NumPyArray(tensor))) }
      func add(_ name: String, _ values: [Float], _ shape: Shape) throws {
        file.arrays.append((name, NumPyArray(try Tensor(values, shape: shape))))
      }
      try add("scale", [Float(scale)], .scalar)
      try add("accuracy", [Float(accuracy)], .scalar)
      let features = reference.features
      try add("reference.features", features.values, [features.count, features.width])
      try add("reference.figures", [Float(reference.sharpness), Float(reference.confidence)], [2])
      let confusion = reference.confusion
      try add("reference.confusion", confusion.joined().map(Float.init), [confusion.count, confusion.count])
      try file.write(to: path, compressing: true)
    }
  }
}

extension JudgeReference {
  /// What an archive holds of it; nil if it holds nothing.
  init?(_ file: NPZFile, classes: Int) throws {
    guard let features = try? file.array("reference.features").tensor(), features.rank == 2,
      let figures = try? file.array("reference.figures").tensor().scalars(), figures.count == 2,
      let counts = try? file.array("reference.confusion").tensor(), counts.shape == [classes, classes],
      case let numbers = counts.scalars(), numbers.allSatisfy({ (0...1e9).contains($0) })
    else { return nil }
    let confusion = (0..<classes).map { row in (0..<classes).map { Int(numbers[row * classes + $0]) } }
    self.init(
      features: Features(features), confusion: confusion, sharpness: Double(figures[0]),
      confidence: Double(figures[1]))
  }
}

extension JudgeNet {
  /// A net with the weights of an archive, told by their shapes.
  init(weights file: NPZFile, shape: [Int], classes: Int, path: String) throws {
    let tensors = try file.arrays.map { try $0.array.tensor() }.filter { $0.dtype == .float32 }
    let convolutions = tensors.filter { $0.rank == 4 }
    let matrices = tensors.filter { $0.rank == 2 && $0.shape[1] != $0.shape[0] }
    guard convolutions.count == 2, let first = convolutions.first, let last = convolutions.last,
      let head = matrices.first(where: { $0.shape[0] == classes }),
      let middle = matrices.first(where: { $0.shape[0] == head.shape[1] && $0.shape[1] > head.shape[1] })
    else { throw MetricError.notAJudge(path: path, reason: "two convolutions and two linear layers are needed") }
    let paddings = [1, 0].filter { padding in
      let sides = shape.dropFirst().map { (($0 + 2 * padding - 2) / 2 + 2 * padding - 2) / 2 }
      return sides.reduce(last.shape[0], *) == middle.shape[1]
    }
    guard let padding = paddings.first else {
      throw MetricError.notAJudge(path: path, reason: "its layers do not fit images of \(shape)")
    }
    try self.init(
      shape: shape, classes: classes, width: first.shape[0], features: middle.shape[0], padding: padding,
      random: RandomStream(seed: 0))
    var biases = tensors.filter { $0.rank == 1 }
    func bias(_ size: Int) throws -> Tensor {
      guard let place = biases.firstIndex(where: { $0.shape[0] == size }) else {
        throw MetricError.notAJudge(path: path, reason: "a bias of \(size) is missing")
      }
      return biases.remove(at: place)
    }
    let order = [first, last, middle, head]
    let names = ["0", "3", "7", "9"]
    var state: [(name: String, tensor: Tensor)] = []
    for (name, weight) in zip(names, order) {
      state.append((name + ".weight", weight))
      state.append((name + ".bias", try bias(weight.shape[0])))
    }
    try net.load(state)
  }
}
