// SPDX-License-Identifier: Apache-2.0
public import Datasets
public import Language
import Tensors

/// A loader as a live object of the language: each `for` over it is one epoch.
public final class LoaderObject: HostObject {
  /// The loader.
  public let loader: Loader

  /// Wraps a loader.
  public init(_ loader: Loader) { self.loader = loader }

  /// The name of the type.
  public static var typeName: String { "Loader" }

  /// What can be asked of a loader behind a dot.
  public static let fields: [Field<LoaderObject>] = [
    Field(
      "batch", Text("How many examples a batch has.", zh: "每批的样本数。"), read: { $0.loader.batchSize },
      write: { owner, size, _ in try owner.loader.setBatchSize(size) }),
    Field("shuffle", Text("Whether each epoch has an order of its own.", zh: "每轮是否重新打乱。")) { $0.loader.shuffles },
    Field(
      "data", Text("The data set that is dealt.", zh: "所分发的数据集。"), read: { DatasetObject($0.loader.data) },
      write: { owner, data, _ in owner.loader.data = data.data }),
    Field("epoch", Text("How many epochs are complete.", zh: "已完成的轮数。")) { $0.loader.position.epoch },
  ]

  /// As in `Loader of digits  94 batches of 64  shuffled`.
  public func line(_ context: DisplayContext) -> String {
    let count = loader.batchesPerEpoch
    if context.language == .chinese {
      return "Loader \(loader.data.name)  \(count) 批，每批 \(loader.batchSize)\(loader.shuffles ? "  打乱" : "")"
    }
    return
      "Loader of \(loader.data.name)  \(count) batches of \(loader.batchSize)\(loader.shuffles ? "  shuffled" : "")"
  }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// How many batches an epoch has.
  public var length: Int? { loader.batchesPerEpoch }

  /// The batches of one epoch.
  public func iterator(_ call: Call) throws -> ValueIterator? {
    let loader = loader
    loader.startEpoch()
    return ValueIterator(count: loader.batchesPerEpoch) {
      try loader.nextInEpoch().map { .host(BatchObject($0, from: loader.data)) }
    }
  }
}

/// Some examples with their labels; unpacks to `(x, y)`.
public final class BatchObject: HostObject {
  /// The examples and labels.
  public let batch: Batch
  /// The data set they come from.
  public let origin: Dataset

  /// Wraps a batch.
  public init(_ batch: Batch, from origin: Dataset) {
    self.batch = batch
    self.origin = origin
  }

  /// The name of the type.
  public static var typeName: String { "Batch" }

  /// What can be asked of a batch behind a dot.
  public static let fields: [Field<BatchObject>] = [
    Field("x", Text("The examples.", zh: "样本。")) { $0.batch.x },
    Field("y", Text("Their labels, or None.", zh: "标签，没有则为 None。")) { $0.batch.y },
  ]

  /// A batch is a value.
  public var isReference: Bool { false }

  /// As in `Batch  x [64, 1, 28, 28] f32  y [64] i64`.
  public func line(_ context: DisplayContext) -> String {
    "Batch  x \(batch.x.shape) \(batch.x.dtype)" + (batch.y.map { "  y \($0.shape) \($0.dtype)" } ?? "  y None")
  }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// The shape of the examples, for labels of diagnostics.
  public var brief: String { batch.x.shape.description }

  /// The two parts.
  public func unpacked(_ call: Call) throws -> [Value]? { [batch.x.value, batch.y.value] }

  /// How many examples there are.
  public var length: Int? { batch.count }
}
