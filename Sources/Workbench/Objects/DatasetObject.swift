// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Language
import Tensors

/// A data set as a value of the language: cutting and scaling give new ones.
public final class DatasetObject: HostObject {
  /// The data set.
  public let data: Dataset

  /// Wraps a data set.
  public init(_ data: Dataset) { self.data = data }

  /// The name of the type.
  public static var typeName: String { "Dataset" }

  /// What can be asked of a data set behind a dot.
  public static let fields: [Field<DatasetObject>] = [
    Field("x", Text("All examples as one tensor.", zh: "所有样本组成的张量。")) { try $0.data.x() },
    Field("y", Text("All labels as one tensor, or None.", zh: "所有标签组成的张量，没有则为 None。")) { owner in
      owner.data.isLabelled ? try owner.data.y() : nil
    },
    Field("classes", Text("The names of the classes.", zh: "各类别的名字。")) { $0.data.classes },
    Field("name", Text("The name.", zh: "名字。")) { $0.data.name },
    Field("size", Text("How many examples there are.", zh: "样本数。")) { $0.data.count },
    Field("shape", Text("The shape of one example.", zh: "单个样本的形状。")) { Shape($0.data.exampleShape) },
  ]

  /// A data set is a value.
  public var isReference: Bool { false }

  /// As in `Dataset digits/train  6000 × [1, 28, 28] f32  0 … 1  10 classes`.
  public func line(_ context: DisplayContext) -> String { data.description }

  /// The line; a few images are shown as the pictures they are.
  public func display(_ context: DisplayContext) -> Display {
    guard (1...Self.fewImages).contains(data.count),
      let pictures = ExamplesArgument.convert(.host(self))?.sheet(caption: Text(line(context), zh: line(context)))
    else { return Display(line(context)) }
    return FigureDisplay.of(ImagesDisplay.sheet(pictures, context.language), context)
  }

  /// Up to how many images a data set is looked at, rather than described.
  private static let fewImages = 64

  /// How many examples of which shape, for labels of diagnostics.
  public var brief: String { "\(data.name), \(data.count) × \(Shape(data.exampleShape))" }

  /// How many examples there are.
  public var length: Int? { data.count }

  /// `data[0:16]` is a data set, `data[3]` one example with its label, `data[[0, 5]]` some of them.
  public func subscripted(_ subscripts: [Language.Subscript], _ call: Call) throws -> Value? {
    guard subscripts.count == 1 else { return nil }
    switch subscripts[0] {
    case .ellipsis: return .host(self)
    case .index(let value):
      if let index = Int.convert(value) {
        guard index < data.count, index >= -data.count else {
          throw DatasetError.outOfRange(index: index, count: data.count)
        }
        return .host(BatchObject(try data.batch([index < 0 ? index + data.count : index]), from: data))
      }
      guard let places = try TensorSubscripts.places(value) else { throw TensorFault.index(value.typeName) }
      let indices = places.integers().map { Int($0) }
      return .host(DatasetObject(try data.selecting(indices.map { $0 < 0 ? $0 &+ data.count : $0 })))
    case .slice:
      let range = try Tensor.range(0, Int64(data.count)).sliced(TensorSubscripts.converted(subscripts))
      let indices = range.integers().map { Int($0) }
      if let first = indices.first, let last = indices.last, last - first + 1 == indices.count {
        return .host(DatasetObject(try data.slice(first..<(last + 1))))
      }
      return .host(DatasetObject(try data.selecting(indices)))
    }
  }

  /// `a + b` puts two data sets together.
  public func binary(_ symbol: BinaryOperator, _ other: Value, reversed: Bool, _ call: Call) throws -> Value? {
    guard symbol == .add, let other = DatasetObject.convert(other) else { return nil }
    let (first, second) = reversed ? (other, self) : (self, other)
    return .host(DatasetObject(try first.data.concatenated(with: second.data)))
  }

  /// The examples with their labels, one after the other.
  public func iterator(_ call: Call) throws -> ValueIterator? {
    let data = data
    var index = 0
    return ValueIterator(count: data.count) {
      guard index < data.count else { return nil }
      defer { index += 1 }
      return .host(BatchObject(try data.batch([index]), from: data))
    }
  }

  /// Whether both hold the same examples.
  public func equals(_ other: any HostObject) -> Bool {
    (other as? DatasetObject).map { $0.data.fingerprint == data.fingerprint } ?? false
  }
}
