// SPDX-License-Identifier: Apache-2.0

/// Throws unless every size is at least one and small enough to be multiplied with others.
func requireAtLeastOne(_ sizes: [(name: String, value: Int)], for layer: String) throws(LayerError) {
  for (name, value) in sizes {
    guard value >= 1, value <= 1 << 31 else {
      throw LayerError(.setting(name: name, value: String(value), needs: "a whole number from 1"), of: layer)
    }
  }
}

/// Throws unless a number lies in a range that is described by `needs`.
func require(
  _ isRight: Bool, _ name: String, _ value: some CustomStringConvertible, needs: String, for layer: String
) throws(LayerError) {
  guard isRight else {
    throw LayerError(.setting(name: name, value: value.description, needs: needs), of: layer)
  }
}
