// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// A kind of trainer that a parameter may ask for, and what signatures call it.
protocol TrainerKind: SendableMetatype {
  /// What such a trainer is or can do.
  associatedtype Needed
  static var title: String { get }
}

/// A trainer of one kind.
struct TrainerOf<Kind: TrainerKind>: ValueConvertible {
  let object: TrainerObject
  let trainer: Kind.Needed

  static var typeName: String { Kind.title }

  static func convert(_ value: Value) -> TrainerOf? {
    guard let object = TrainerObject.convert(value), let trainer = object.trainer as? Kind.Needed else { return nil }
    return TrainerOf(object: object, trainer: trainer)
  }

  var value: Value { object.value }
}

enum VAEKind: TrainerKind {
  typealias Needed = VAETrainer
  static let title = "VAE"
}

enum GANKind: TrainerKind {
  typealias Needed = GANTrainer
  static let title = "GAN"
}

enum BottleneckKind: TrainerKind {
  typealias Needed = BottleneckTrainer
  static let title = "VIB"
}

enum SuperResolutionKind: TrainerKind {
  typealias Needed = SuperResolutionTrainer
  static let title = "SRGAN"
}

/// A trainer whose net names classes.
enum ClassifierKind: TrainerKind {
  typealias Needed = any ClassPredictor
  static let title = "Classifier"
}

/// A trainer that makes examples.
enum SamplerKind: TrainerKind {
  typealias Needed = any Sampler
  static let title = "GAN or VAE"
}

typealias VAEArgument = TrainerOf<VAEKind>
typealias GANArgument = TrainerOf<GANKind>
typealias BottleneckArgument = TrainerOf<BottleneckKind>
typealias SuperResolutionArgument = TrainerOf<SuperResolutionKind>
typealias ClassifierArgument = TrainerOf<ClassifierKind>
typealias SamplerArgument = TrainerOf<SamplerKind>

extension SamplerArgument {
  var sampler: any Sampler { trainer }
}
