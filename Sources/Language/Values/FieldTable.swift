// SPDX-License-Identifier: Apache-2.0

/// The declared fields of one type of host object, by name.
final class FieldTable {
  /// A field without the type of its owner.
  struct Entry {
    let read: (any HostObject, Call) throws -> Value?
    /// Nil when the field cannot be set.
    let write: ((any HostObject, Value, Call) throws -> Void)?
  }

  private let entries: [String: Entry]
  /// The marks of all names together.
  private let marks: UInt64

  init(_ entries: [String: Entry]) {
    self.entries = entries
    marks = entries.keys.reduce(0) { $0 | Self.mark(of: $1) }
  }

  /// The field of this name; nil when there is none.
  subscript(name: String, mark: UInt64) -> Entry? { marks & mark == 0 ? nil : entries[name] }

  /// One bit that depends on the name: a name whose bit no field has is not the name of a field.
  static func mark(of name: String) -> UInt64 {
    let sum = name.utf8.reduce(UInt64(5381)) { ($0 &* 33) ^ UInt64($1) }
    return 1 << (sum & 63)
  }
}

extension HostObject {
  /// The declared fields of the type, to be kept by the evaluator.
  static func makeFieldTable() -> FieldTable {
    var entries: [String: FieldTable.Entry] = [:]
    for field in fields {
      entries[field.name] = FieldTable.Entry(
        read: { object, call in try (object as? Self).map { try field.read($0, call) } },
        write: field.write.map { write in
          { object, value, call in
            if let owner = object as? Self { try write(owner, value, call) }
          }
        })
    }
    return FieldTable(entries)
  }
}
