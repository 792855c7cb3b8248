// SPDX-License-Identifier: Apache-2.0
import Language

/// A reference host, like a trainer: it counts steps, and has parts of its own.
final class Machine: HostObject {
  static let typeName = "Machine"
  static let fields: [Field<Machine>] = [
    Field("steps", Text("How many steps were taken.", zh: "已走的步数。")) { $0.steps },
    Field("lr", Text("The rate.", zh: "学习率。")) {
      $0.rate
    } write: { owner, value, _ in
      owner.rate = value
    },
    Field("history", Text("The losses.", zh: "损失记录。")) { Vector($0.losses) },
  ]

  var steps = 0
  var rate = 0.1
  var losses: [Double] = []
  var cells: [Value] = [.int(0), .int(0)]
  var name: String?

  func line(_ context: DisplayContext) -> String { "Machine \(name ?? "without a name") at step \(steps)" }
  func display(_ context: DisplayContext) -> Display { Display(line(context) + "\n  lr \(rate)") }
  func assigned(to name: String) { if self.name == nil { self.name = name } }

  var ownFieldNames: [String] { ["D", "G"] }
  func ownField(_ name: String, _ call: Call) throws -> Value? { ["D", "G"].contains(name) ? .string(name) : nil }
  func subscripted(_ subscripts: [Subscript], _ call: Call) throws -> Value? {
    guard case .index(.int(let index))? = subscripts.first, cells.indices.contains(index) else { return nil }
    return cells[index]
  }
  func replacing(
    _ subscripts: [Subscript], with value: Value, throughOwner: Bool, _ call: Call
  ) throws -> (any HostObject)? {
    guard case .index(.int(let index))? = subscripts.first, cells.indices.contains(index) else { return nil }
    cells[index] = value
    return self
  }
  var isCallable: Bool { true }
  func called(with arguments: Arguments, _ call: Call) throws -> Value? {
    .string("\(name ?? "machine") called with \(arguments.positional.count)")
  }

  func step() { steps += 1; losses.append(1 / Double(steps)) }
}

/// Something for `with`.
final class Scope: HostObject {
  static let typeName = "Scope"
  let name: String
  init(_ name: String) { self.name = name }
  func line(_ context: DisplayContext) -> String { "Scope \(name)" }
  func display(_ context: DisplayContext) -> Display { Display(line(context)) }
  func entered(_ call: Call) throws -> Bool {
    call.print("enter \(name)")
    return true
  }
  func left(_ call: Call) { call.print("leave \(name)") }
}
