// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Numbers under the operators: whole numbers are checked, division is true division.
enum Arithmetic {
  static func binary(_ symbol: BinaryOperator, _ a: Int, _ b: Int) throws(Diagnostic) -> Value {
    switch symbol {
    case .add: return .int(try checked(a.addingReportingOverflow(b), symbol, a, b))
    case .subtract: return .int(try checked(a.subtractingReportingOverflow(b), symbol, a, b))
    case .multiply: return .int(try checked(a.multipliedReportingOverflow(by: b), symbol, a, b))
    case .divide: return .float(try quotient(Double(a), Double(b)))
    case .floorDivide: return .int(try floorQuotient(a, b))
    case .remainder: return .int(try remainder(a, b))
    case .power: return try power(a, b)
    case .equal: return .bool(a == b)
    case .notEqual: return .bool(a != b)
    case .less: return .bool(a < b)
    case .lessOrEqual: return .bool(a <= b)
    case .greater: return .bool(a > b)
    case .greaterOrEqual: return .bool(a >= b)
    case .and: return .int(a != 0 ? b : a)
    case .or: return .int(a != 0 ? a : b)
    case .matrixMultiply: throw OperatorMistake.undefined(symbol, .int(a), .int(b))
    }
  }

  static func binary(_ symbol: BinaryOperator, _ a: Double, _ b: Double) throws(Diagnostic) -> Value {
    switch symbol {
    case .add: return .float(a + b)
    case .subtract: return .float(a - b)
    case .multiply: return .float(a * b)
    case .divide: return .float(try quotient(a, b))
    case .floorDivide: return .float(try quotient(a, b).rounded(.down))
    case .remainder: return .float(try remainder(a, b))
    case .power: return .float(try power(a, b))
    case .equal: return .bool(a == b)
    case .notEqual: return .bool(a != b)
    case .less: return .bool(a < b)
    case .lessOrEqual: return .bool(a <= b)
    case .greater: return .bool(a > b)
    case .greaterOrEqual: return .bool(a >= b)
    case .and: return .float(a != 0 ? b : a)
    case .or: return .float(a != 0 ? a : b)
    case .matrixMultiply: throw OperatorMistake.undefined(symbol, .float(a), .float(b))
    }
  }

  // MARK: Whole numbers

  private static func checked(
    _ result: (partialValue: Int, overflow: Bool), _ symbol: BinaryOperator, _ a: Int, _ b: Int
  ) throws(Diagnostic) -> Int {
    guard !result.overflow else {
      throw overflow("\(a) \(symbol.rawValue) \(b)", "float(\(a)) \(symbol.rawValue) \(b)")
    }
    return result.partialValue
  }

  static func overflow(_ text: String, _ help: String? = nil) -> Diagnostic {
    Diagnostic(
      .value, Text("\(text) does not fit in 64 bits", zh: "\(text) 超出 64 位整数的范围"),
      help: help.map { [.init(code: $0)] } ?? [])
  }

  private static func floorQuotient(_ a: Int, _ b: Int) throws(Diagnostic) -> Int {
    guard b != 0 else { throw divisionByZero }
    let (quotient, overflow) = a.dividedReportingOverflow(by: b)
    guard !overflow else { throw self.overflow("\(a) // \(b)", "float(\(a)) // \(b)") }
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
  }

  private static func remainder(_ a: Int, _ b: Int) throws(Diagnostic) -> Int {
    guard b != 0 else { throw divisionByZero }
    guard b != -1 else { return 0 }
    let rest = a % b
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  private static func power(_ base: Int, _ exponent: Int) throws(Diagnostic) -> Value {
    guard exponent >= 0 else { return .float(try power(Double(base), Double(exponent))) }
    var (result, square, rest) = (1, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = try checked(result.multipliedReportingOverflow(by: square), .power, base, exponent) }
      rest >>= 1
      if rest > 0 { square = try checked(square.multipliedReportingOverflow(by: square), .power, base, exponent) }
    }
    return .int(result)
  }

  // MARK: Floating-point numbers

  static let divisionByZero = Diagnostic(
    .value, Text("division by zero", zh: "除以零"), labels: [.init(.position(1))],
    help: [.init(Text("tensors divide by zero to inf or nan", zh: "张量除以零得到 inf 或 nan"))])

  private static func quotient(_ a: Double, _ b: Double) throws(Diagnostic) -> Double {
    guard b != 0 else { throw divisionByZero }
    return a / b
  }

  private static func remainder(_ a: Double, _ b: Double) throws(Diagnostic) -> Double {
    guard b != 0 else { throw divisionByZero }
    let rest = a.truncatingRemainder(dividingBy: b)
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest
  }

  private static func power(_ base: Double, _ exponent: Double) throws(Diagnostic) -> Double {
    if base == 0, exponent < 0 { throw divisionByZero }
    let result = pow(base, exponent)
    guard !result.isNaN || base.isNaN || exponent.isNaN else {
      throw Diagnostic(.value, Text("\(base) ** \(exponent) is not a real number", zh: "\(base) ** \(exponent) 不是实数"))
    }
    return result
  }
}
