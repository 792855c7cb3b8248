// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors

extension Trainer {
  /// A number that changes when any weight or buffer of any net changes by a bit.
  public var weightsFingerprint: UInt64 {
    fingerprint(of: nets.map { $0.net.stateDictionary })
  }
}

/// A number that stands for all weights and buffers of some nets, bit by bit.
func fingerprint(of nets: [[(name: String, tensor: Tensor)]]) -> UInt64 {
  var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
  for (_, tensor) in nets.joined() { hash = mixed(hash, fingerprint(of: tensor)) }
  return hash
}

/// A number that stands for the elements of a tensor, bit by bit.
func fingerprint(of tensor: Tensor) -> UInt64 {
  guard tensor.dtype == .float32 else {
    return tensor.integers().reduce(1) { mixed($0, UInt64(bitPattern: $1)) }
  }
  // Four chains side by side, so that a multiplication need not wait for the one before.
  let chains = try? tensor.withUnsafeFloats { (elements) throws(TensorError) in
    var chains = SIMD4<UInt32>(1, 2, 3, 4)
    let quads = elements.count / 4
    for quad in 0..<quads {
      let word = SIMD4(
        elements[4 * quad].bitPattern, elements[4 * quad + 1].bitPattern, elements[4 * quad + 2].bitPattern,
        elements[4 * quad + 3].bitPattern)
      chains = (chains ^ word) &* 0x9E37_79B1
      chains ^= chains &>> 15
    }
    for index in 4 * quads..<elements.count { chains[0] = (chains[0] ^ elements[index].bitPattern) &* 0x9E37_79B1 }
    return chains
  }
  guard let chains else { return 0 }
  return mixed(UInt64(chains[0]) << 32 | UInt64(chains[1]), UInt64(chains[2]) << 32 | UInt64(chains[3]))
}

/// One round of a mixing function over two words.
private func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
  var bits = (hash ^ word) &* 0xBF58_476D_1CE4_E5B9
  bits = (bits ^ (bits >> 31)) &* 0x94D0_49BB_1331_11EB
  return bits ^ (bits >> 29)
}
