// SPDX-License-Identifier: Apache-2.0
public import Language
public import Tensors

/// Pictures in rows and columns, as a value of the language: samples, reconstructions, grids, pairs.
public final class ImagesObject: HostObject, TensorHolder {
  /// The pictures, [count, channel, height, width].
  public let tensor: Tensor
  /// The values that are shown as black and white.
  public let range: ClosedRange<Float>
  /// How many stand side by side.
  public let columns: Int
  /// What is said below each picture; empty for nothing.
  public let labels: [String]
  /// What each row shows; empty when rows mean nothing of their own.
  public let rowNames: [Text]
  /// What each column shows; empty when columns mean nothing of their own.
  public let columnNames: [String]
  /// What is said below all.
  public let caption: Text
  /// What is said to those who do not see the pictures; nil for the caption.
  public let details: Text?

  /// Makes pictures.
  public init(
    _ tensor: Tensor, range: ClosedRange<Float>, columns: Int, labels: [String] = [], rowNames: [Text] = [],
    columnNames: [String] = [], caption: Text, details: Text? = nil
  ) {
    self.tensor = tensor.detached()
    self.range = range
    self.columns = max(columns, 1)
    self.labels = labels
    self.rowNames = rowNames
    self.columnNames = columnNames
    self.caption = caption
    self.details = details
  }

  /// The name of the type.
  public static var typeName: String { "Images" }

  /// What can be asked of pictures behind a dot.
  public static let fields: [Field<ImagesObject>] = [
    Field("shape", Text("The size of each axis.", zh: "各轴的大小。")) { $0.tensor.shape },
    Field("rows", Text("How many rows there are.", zh: "行数。")) { ($0.count + $0.columns - 1) / $0.columns },
    Field("cols", Text("How many stand side by side.", zh: "列数。")) { $0.columns },
    Field("caption", Text("What is said below.", zh: "说明文字。")) { $0.caption(.english) },
  ]

  /// How many pictures there are.
  public var count: Int { tensor.shape.dimensions.first ?? 0 }

  /// Pictures are a value.
  public var isReference: Bool { false }

  /// As in `Images 8 × 8 of [1, 28, 28]  samples of gan, step 500`.
  public func line(_ context: DisplayContext) -> String {
    let sample = Shape(Array(tensor.shape.dimensions.dropFirst()))
    return "Images \(count) × \(sample)  \(caption(context.language))"
  }

  /// The pictures with their caption.
  public func display(_ context: DisplayContext) -> Display { ImagesDisplay.display(self, context) }

  /// Some of the pictures.
  public func subscripted(_ subscripts: [Language.Subscript], _ call: Call) throws -> Value? {
    guard subscripts.count == 1, case .slice = subscripts[0] else {
      return try tensor.sliced(TensorSubscripts.converted(subscripts)).value
    }
    let part = try tensor.sliced(TensorSubscripts.converted(subscripts))
    return .host(ImagesObject(part, range: range, columns: columns, caption: caption))
  }
}
