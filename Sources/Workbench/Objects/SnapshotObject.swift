// SPDX-License-Identifier: Apache-2.0
public import Generative
public import Language

/// A kept state of a trainer, as a value of the language.
public final class SnapshotObject: HostObject {
  /// The state.
  public let snapshot: Snapshot
  /// The name of the trainer.
  public let owner: String

  /// Wraps a state of a trainer.
  public init(_ snapshot: Snapshot, of trainer: TrainerObject) {
    self.snapshot = snapshot
    owner = trainer.name
  }

  /// The name of the type.
  public static var typeName: String { "Snapshot" }

  /// What can be asked of a snapshot behind a dot.
  public static let fields: [Field<SnapshotObject>] = [
    Field("name", Text("The name.", zh: "名字。")) { $0.snapshot.name ?? "" },
    Field("step", Text("How many steps had been taken.", zh: "拍下时的步数。")) { $0.snapshot.step },
  ]

  /// A snapshot never changes.
  public var isReference: Bool { false }

  /// As in `Snapshot "before" of gan at step 500`.
  public func line(_ context: DisplayContext) -> String {
    let name = snapshot.name ?? ""
    return context.language == .chinese
      ? "Snapshot \"\(name)\"：\(owner) 的第 \(snapshot.step) 步"
      : "Snapshot \"\(name)\" of \(owner) at step \(snapshot.step)"
  }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }
}
