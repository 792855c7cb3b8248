// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// The name of the type, as messages show it.
  public var typeName: String {
    switch self {
    case .nothing: "None"
    case .bool: "Bool"
    case .int: "Int"
    case .float: "Float"
    case .string: "String"
    case .tuple: "Tuple"
    case .list: "List"
    case .record: "Record"
    case .function: "Function"
    case .host(let object): object.typeName
    }
  }
}
