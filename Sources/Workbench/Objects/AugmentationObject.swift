// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Language
import Tensors

/// One random change, or a way of mixing two images, as a value of the language: what `Augment` is made of.
public final class TransformObject: HostObject {
  /// What is done.
  enum Operation {
    case transform(Transform)
    case mixing(Mixing)
  }

  let operation: Operation

  init(_ operation: Operation) { self.operation = operation }

  /// The name of the type.
  public static var typeName: String { "Transform" }

  /// A change is a value.
  public var isReference: Bool { false }

  /// As in `rotate ±12°`.
  public func line(_ context: DisplayContext) -> String {
    switch operation {
    case .transform(let transform): transform.description
    case .mixing(let mixing): mixing.description
    }
  }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }
}

/// Random changes in a row, as a value of the language: called with images, it changes them.
public final class AugmentationObject: HostObject {
  /// The changes.
  public let augmentation: Augmentation

  /// Wraps changes.
  public init(_ augmentation: Augmentation) { self.augmentation = augmentation }

  /// The name of the type.
  public static var typeName: String { "Augment" }

  /// Changes are a value.
  public var isReference: Bool { false }

  /// As in `rotate ±12° → shift ±2 px → erase 6×6`.
  public func line(_ context: DisplayContext) -> String { augmentation.description }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// It can be called with images.
  public var isCallable: Bool { true }

  /// The images, changed; what is drawn comes from the session's stream.
  public func called(with arguments: Arguments, _ call: Call) throws -> Value? {
    guard arguments.positional.count == 1, arguments.named.isEmpty,
      let images = ExamplesArgument.convert(arguments.positional[0])
    else { throw DataFault.noImages(arguments.positional.first?.typeName ?? "None") }
    let changed = try augmentation.applied(to: images.pictures(), seed: call.state.random.next())
    guard case .host(let object) = arguments.positional[0], object is ImagesObject else { return changed.value }
    return ImagesObject(
      changed, range: try images.range(), columns: 8,
      caption: Text("augmented: \(augmentation)", zh: "增强后：\(augmentation)")
    ).value
  }

  /// Whether both do the same.
  public func equals(_ other: any HostObject) -> Bool {
    (other as? AugmentationObject)?.augmentation == augmentation
  }
}
