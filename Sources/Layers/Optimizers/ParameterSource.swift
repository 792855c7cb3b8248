// SPDX-License-Identifier: Apache-2.0

/// Where an optimizer's parameters come from.
public enum ParameterSource {
  /// All parameters of a net, also of layers that are put into it later.
  case net(any Layer)
  /// One parameter.
  case parameter(Parameter)

  /// The parameters that are there now.
  public var parameters: [Parameter] {
    switch self {
    case .net(let net): net.allParameters
    case .parameter(let parameter): [parameter]
    }
  }
}

extension Optimizer {
  /// Takes up the layers that were put into the nets that it was made from, and lets go of those taken out.
  ///
  /// What is remembered of the parameters that stay is kept. Without `sources` nothing changes.
  public func followSources() {
    guard !sources.isEmpty else { return }
    let found = unique(sources.flatMap { $0.parameters })
    guard !areSame(found, parameters) else { return }
    take(found)
  }
}

/// Whether two lists hold the same parameters in the same order.
public func areSame(_ left: [Parameter], _ right: [Parameter]) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { $0 === $1 }
}
