// SPDX-License-Identifier: Apache-2.0

/// A small symmetric matrix in double precision, row by row.
struct SymmetricMatrix {
  let size: Int
  var elements: [Double]

  init(size: Int) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
  }

  subscript(_ row: Int, _ column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  /// The sum of the diagonal.
  var trace: Double { (0..<size).reduce(0) { $0 + self[$1, $1] } }

  /// A · B · A for symmetric A and B, made symmetric again after rounding.
  static func sandwich(_ outer: SymmetricMatrix, _ inner: SymmetricMatrix) -> SymmetricMatrix {
    let half = product(outer, inner)
    var whole = product(half, outer)
    for row in 0..<whole.size {
      for column in 0..<row {
        let mean = (whole[row, column] + whole[column, row]) / 2
        (whole[row, column], whole[column, row]) = (mean, mean)
      }
    }
    return whole
  }

  private static func product(_ left: SymmetricMatrix, _ right: SymmetricMatrix) -> SymmetricMatrix {
    var result = SymmetricMatrix(size: left.size)
    for row in 0..<left.size {
      for inner in 0..<left.size {
        let factor = left[row, inner]
        for column in 0..<left.size { result[row, column] += factor * right[inner, column] }
      }
    }
    return result
  }

  /// The eigenvalues, and the eigenvectors as columns, by Jacobi's cyclic rotations.
  ///
  /// Golub and Van Loan, "Matrix Computations", section 8.5.
  func eigen() -> (values: [Double], vectors: SymmetricMatrix) {
    var matrix = self
    var vectors = SymmetricMatrix(size: size)
    for index in 0..<size { vectors[index, index] = 1 }
    let scale = elements.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<60 {
      var rest = 0.0
      for row in 0..<size {
        for column in 0..<row { rest += matrix[row, column] * matrix[row, column] }
      }
      if rest <= 1e-28 * scale { break }
      for row in 1..<max(size, 1) {
        for column in 0..<row { matrix.rotate(column, row, accumulating: &vectors) }
      }
    }
    return ((0..<size).map { matrix[$0, $0] }, vectors)
  }

  /// One rotation that makes the element (p, q) zero.
  private mutating func rotate(_ p: Int, _ q: Int, accumulating vectors: inout SymmetricMatrix) {
    let off = self[p, q]
    guard off != 0 else { return }
    let theta = (self[q, q] - self[p, p]) / (2 * off)
    let tangent = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    for index in 0..<size {
      let (left, right) = (self[index, p], self[index, q])
      self[index, p] = cosine * left - sine * right
      self[index, q] = sine * left + cosine * right
    }
    for index in 0..<size {
      let (upper, lower) = (self[p, index], self[q, index])
      self[p, index] = cosine * upper - sine * lower
      self[q, index] = sine * upper + cosine * lower
      let (left, right) = (vectors[index, p], vectors[index, q])
      vectors[index, p] = cosine * left - sine * right
      vectors[index, q] = sine * left + cosine * right
    }
  }

  /// The square root of a matrix without negative eigenvalues; small ones below zero count as zero.
  func squareRoot() -> SymmetricMatrix {
    let (values, vectors) = eigen()
    let roots = values.map { max($0, 0).squareRoot() }
    var result = SymmetricMatrix(size: size)
    for row in 0..<size {
      for column in 0...row {
        var total = 0.0
        for index in 0..<size { total += vectors[row, index] * roots[index] * vectors[column, index] }
        (result[row, column], result[column, row]) = (total, total)
      }
    }
    return result
  }
}
