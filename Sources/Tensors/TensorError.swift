// SPDX-License-Identifier: Apache-2.0

/// Everything that can be wrong with an operation on tensors.
///
/// Operations are named by the word the field uses, as in `matmul` or `concatenate`.
public enum TensorError: Error, Sendable, Equatable {
  /// Two shapes that do not go together.
  case mismatch(operation: String, left: Shape, right: Shape)
  /// One shape that the operation cannot take; `needs` says what it could.
  case unsuitable(operation: String, shape: Shape, needs: String)
  /// Elements of a type the operation cannot take.
  case wrongType(operation: String, type: DType, needs: String)
  /// An argument outside its range, such as a stride of zero; the value is given as text.
  case argument(operation: String, name: String, value: String, needs: String)
  /// An axis that the tensor does not have.
  case axisOutOfRange(operation: String, axis: Int, rank: Int)
  /// A position outside an axis.
  case indexOutOfRange(operation: String, index: Int, size: Int)
  /// A list of values whose number is not what the shape asks for.
  case wrongCount(operation: String, shape: Shape, found: Int)
  /// A size below zero.
  case negativeSize(operation: String, shape: Shape)
  /// More memory than there is.
  case allocationTooLarge(shape: Shape, bytes: Int)
  /// A tensor without elements where at least one is needed.
  case empty(operation: String, shape: Shape)
  /// A tensor of many elements where exactly one is needed.
  case notScalar(operation: String, shape: Shape)
  /// A NaN or an infinity where a finite number is needed; `origin` is the first operation known to have made one.
  case notFinite(operation: String, value: Float, origin: String)
  /// A gradient that is NaN or infinite though the loss is not; `operation` is the first on the way back to make one.
  case gradientNotFinite(operation: String, value: Float)
  /// A whole number divided by zero.
  case divisionByZero(operation: String)
  /// A whole number that does not fit in 64 bits.
  case integerOverflow(operation: String)
  /// A derivative asked of something that was computed without recording.
  case notRecorded(operation: String)
  /// A derivative with respect to something the result does not depend on; `index` is its place in the list.
  case notConnected(index: Int)
  /// A second backward pass through a graph whose saved values are gone.
  case graphAlreadyUsed(operation: String)
  /// An operation that was abandoned because the session asked for it.
  case interrupted
}

extension TensorError: CustomStringConvertible {
  /// The error as one English sentence.
  public var description: String {
    switch self {
    case .mismatch(let operation, let left, let right):
      "\(operation): shapes \(left) and \(right) do not go together"
    case .unsuitable(let operation, let shape, let needs):
      "\(operation): got \(shape), needs \(needs)"
    case .wrongType(let operation, let type, let needs):
      "\(operation): got elements of type \(type), needs \(needs)"
    case .argument(let operation, let name, let value, let needs):
      "\(operation): \(name) is \(value), needs \(needs)"
    case .axisOutOfRange(let operation, let axis, let rank):
      "\(operation): there is no axis \(axis) in a tensor of \(rank) axes"
    case .indexOutOfRange(let operation, let index, let size):
      "\(operation): index \(index) is outside an axis of size \(size)"
    case .wrongCount(let operation, let shape, let found):
      "\(operation): shape \(shape) needs \(shape.count) values, got \(found)"
    case .negativeSize(let operation, let shape):
      "\(operation): sizes cannot be negative, got \(shape)"
    case .allocationTooLarge(let shape, let bytes):
      "a tensor of shape \(shape) needs \(bytes) bytes, more memory than there is"
    default:
      stateDescription
    }
  }

  private var stateDescription: String {
    switch self {
    case .empty(let operation, let shape):
      "\(operation): needs at least one element, got \(shape)"
    case .notScalar(let operation, let shape):
      "\(operation): needs exactly one element, got \(shape)"
    case .notFinite(let operation, let value, let origin):
      "\(operation): needs a finite number, got \(value) from \(origin)"
    case .gradientNotFinite(let operation, let value):
      "backward: the gradient is \(value) behind \(operation)"
    case .divisionByZero(let operation):
      "\(operation): whole number divided by zero"
    case .integerOverflow(let operation):
      "\(operation): the result does not fit in 64 bits"
    case .notRecorded(let operation):
      "\(operation): the tensor was computed without recording, so it has no gradient"
    case .notConnected(let index):
      "gradient: the result does not depend on tensor \(index) of the list"
    case .graphAlreadyUsed(let operation):
      "backward: the graph was used before and its saved values are gone, first at \(operation)"
    case .interrupted:
      "interrupted"
    default:
      "tensor error"
    }
  }
}
