// SPDX-License-Identifier: Apache-2.0
import Tensors

// The numbers of fields and types are those of onnx.proto, version 8 of the intermediate representation.

extension ONNXModel {
  /// The bytes of the file.
  ///
  /// Throws when a name stands for two values.
  public func encode() throws(TensorFileError) -> [UInt8] {
    var names: Set<String> = []
    for name in inputs.map(\.name) + weights.map(\.name) + operations.map(\.output) {
      guard names.insert(name).inserted else {
        throw .malformed(format: "ONNX", what: "two values are named \(name)")
      }
    }
    var model = ProtocolBuffer()
    model.put(1, 8 as Int64)
    model.put(2, "easel")
    model.put(7) { graph(&$0) }
    model.put(8) { operators in
      operators.put(1, "")
      operators.put(2, 17 as Int64)
    }
    for (key, value) in notes.sorted(by: { $0.key < $1.key }) {
      model.put(14) { entry in
        entry.put(1, key)
        entry.put(2, value)
      }
    }
    return model.bytes
  }

  private func graph(_ buffer: inout ProtocolBuffer) {
    for operation in operations { buffer.put(1) { Self.node(operation, &$0) } }
    buffer.put(2, name)
    for (name, tensor) in weights { buffer.put(5) { Self.tensor(name, tensor, &$0) } }
    for (name, shape, type) in inputs { buffer.put(11) { Self.value(name, shape, type, &$0) } }
    for (name, shape) in outputs { buffer.put(12) { Self.value(name, shape, .float32, &$0) } }
  }

  private static func node(_ operation: Operation, _ buffer: inout ProtocolBuffer) {
    for input in operation.inputs { buffer.put(1, input) }
    buffer.put(2, operation.output)
    buffer.put(3, operation.output)
    buffer.put(4, operation.name)
    for (name, value) in operation.attributes {
      buffer.put(5) { attribute in
        attribute.put(1, name)
        put(value, &attribute)
      }
    }
  }

  private static func put(_ value: Attribute, _ buffer: inout ProtocolBuffer) {
    switch value {
    case .float(let number):
      buffer.put(2, number)
      buffer.put(20, 1 as Int64)
    case .int(let number):
      buffer.put(3, Int64(number))
      buffer.put(20, 2 as Int64)
    case .string(let text):
      buffer.put(4, text)
      buffer.put(20, 3 as Int64)
    case .ints(let numbers):
      for number in numbers { buffer.put(8, Int64(number)) }
      buffer.put(20, 7 as Int64)
    }
  }

  private static func tensor(_ name: String, _ tensor: Tensor, _ buffer: inout ProtocolBuffer) {
    for size in tensor.shape.dimensions { buffer.put(1, Int64(size)) }
    buffer.put(2, code(of: tensor.dtype))
    buffer.put(8, name)
    buffer.put(9, bytes: encoded(tensor))
  }

  private static func code(of type: DType) -> Int64 {
    switch type {
    case .float32: 1
    case .int64: 7
    case .bool: 9
    }
  }

  /// A named value whose first axis, the batch, is free.
  private static func value(_ name: String, _ shape: Shape, _ elements: DType, _ buffer: inout ProtocolBuffer) {
    buffer.put(1, name)
    buffer.put(2) { type in
      type.put(1) { tensor in
        tensor.put(1, code(of: elements))
        tensor.put(2) { sizes in
          sizes.put(1) { $0.put(2, "batch") }
          for size in shape.dimensions { sizes.put(1) { $0.put(1, Int64(size)) } }
        }
      }
    }
  }
}
