// SPDX-License-Identifier: Apache-2.0

/// A value of the command language.
///
/// Everything but functions and live host objects is copied on assignment. Not `Sendable`: values stay on the thread
/// that evaluates.
public enum Value {
  /// `None`.
  case nothing
  /// `True` or `False`.
  case bool(Bool)
  /// A 64-bit whole number.
  case int(Int)
  /// A 64-bit floating-point number.
  case float(Double)
  /// Text.
  case string(String)
  /// `(a, b)`, also what `8x8` gives.
  case tuple([Value])
  /// `[a, b]`.
  case list([Value])
  /// `(lr=1e-3, batch=64)`.
  case record(Record)
  /// Something that can be called.
  case function(any Function)
  /// A value that the host defines: tensors, nets, data sets, trainers.
  case host(any HostObject)
}

/// Named values in their order: `(a=1, b=2)`.
public struct Record {
  /// The names, each once.
  public private(set) var names: [String]
  /// The values, as many as names.
  public private(set) var values: [Value]

  /// Makes an empty record.
  public init() {
    names = []
    values = []
  }

  /// Makes a record of pairs; a name that comes again replaces the earlier value.
  public init(_ pairs: [(String, Value)]) {
    self.init()
    for (name, value) in pairs { self[name] = value }
  }

  /// The value under `name`; setting a new name appends it, setting nil removes it.
  public subscript(name: String) -> Value? {
    get { names.firstIndex(of: name).map { values[$0] } }
    set {
      guard let index = names.firstIndex(of: name) else {
        guard let newValue else { return }
        names.append(name)
        values.append(newValue)
        return
      }
      if let newValue {
        values[index] = newValue
      } else {
        names.remove(at: index)
        values.remove(at: index)
      }
    }
  }

  /// How many fields there are.
  public var count: Int { names.count }
}
