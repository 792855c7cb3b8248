// SPDX-License-Identifier: Apache-2.0
import Datasets
public import Layers
public import Tensors

// Looking: passes in inference that draw from the display stream, record nothing and change nothing.

extension Trainer {
  /// The context of a pass that is only looked at.
  public func lookingContext(_ random: RandomStream? = nil) -> ForwardContext {
    ForwardContext(
      isTraining: false, random: random ?? state.streams.fixedDisplay(), recordsGradients: false,
      updatesStatistics: false)
  }

  /// Noise for pictures: the same every time, or new each time if `fresh`.
  func displayNoise(_ shape: Shape, fresh: Bool) throws(TrainerError) -> Tensor {
    let stream = fresh ? state.streams.display : state.streams.fixedDisplay()
    return try raising { try stream.normal(shape) }
  }

  /// Labels for pictures: those given, repeated as needed, or each class in turn.
  func displayLabels(_ count: Int, _ given: [Int]?, classes: Int) throws(TrainerError) -> Tensor {
    let source = given ?? Array(0..<max(classes, 1))
    guard !source.isEmpty else { throw .setting(name: "label", value: "[]", needs: "at least one label") }
    for label in source where label < 0 || label >= classes {
      throw .setting(name: "label", value: "\(label)", needs: "a class, 0 … \(classes - 1)")
    }
    return try raising { try Tensor((0..<count).map { Int64(source[$0 % source.count]) }, shape: [count]) }
  }

  /// Makes sure that a number of pictures can be made.
  func checkCount(_ count: Int) throws(TrainerError) {
    guard count >= 1, count <= 10_000_000 else {
      throw .setting(name: "n", value: "\(count)", needs: "a whole number from 1")
    }
  }
}

/// Something that makes examples from codes drawn from a standard normal distribution.
public protocol Sampler: Trainer {
  /// The length of a code.
  var latent: Int { get }
  /// Whether it is told which class to make.
  var takesLabels: Bool { get }

  /// The examples of codes.
  ///
  /// - Parameters:
  ///   - codes: [count, latent].
  ///   - labels: [count] whole numbers if `takesLabels`, else nil.
  /// - Returns: [count] followed by the shape of an example, without history.
  /// - Throws: `TrainerError.layer` for codes of another length.
  func examples(from codes: Tensor, labels: Tensor?) throws(TrainerError) -> Tensor
}

extension Sampler {
  /// Examples from noise that is the same every time, so that pictures of different steps compare.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - labels: The classes to make, repeated as needed; each in turn if nil. Only with `takesLabels`.
  ///   - fresh: New noise each time instead. Training is not disturbed either way.
  /// - Returns: [count] followed by the shape of an example.
  /// - Throws: `TrainerError.setting` for a count below one or a label no class has, `TrainerError.unsupported` for
  ///   labels that nobody asks for.
  public func samples(_ count: Int, labels: [Int]? = nil, fresh: Bool = false) throws(TrainerError) -> Tensor {
    try checkCount(count)
    let codes = try displayNoise([count, latent], fresh: fresh)
    return try samples(from: codes, labels: labels)
  }

  /// Examples from given codes [count, latent].
  ///
  /// - Parameters:
  ///   - codes: The codes.
  ///   - labels: The classes to make, repeated as needed; each in turn if nil. Only with `takesLabels`.
  /// - Returns: [count] followed by the shape of an example.
  /// - Throws: As `samples(_:labels:fresh:)`; `TrainerError.layer` for codes of another length.
  public func samples(from codes: Tensor, labels: [Int]? = nil) throws(TrainerError) -> Tensor {
    guard takesLabels else {
      guard labels == nil else {
        throw .unsupported(what: "label", reason: "\(state.name ?? typeName) was made without labels")
      }
      return try examples(from: codes, labels: nil)
    }
    let classes = state.loader?.data.classes.count ?? 1
    let chosen = try displayLabels(codes.shape.rank > 0 ? codes.shape[0] : 0, labels, classes: classes)
    return try examples(from: codes, labels: chosen)
  }
}
