// SPDX-License-Identifier: Apache-2.0

/// One backward pass, as those who got a gradient from it remember it.
///
/// It knows which leaves were reached and through which others' operations the gradient came to each, but holds neither
/// tensors nor the graph. Names of nets and losses play no part.
public final class GradientSource {
  /// Somebody who has used gradients, as an optimizer does in its step.
  public struct User: Hashable {
    /// Who it is.
    public let id: ObjectIdentifier
    /// The name under which people know it; empty when it has none.
    public let name: String

    /// Names a user.
    public init(_ user: AnyObject, name: String) {
      id = ObjectIdentifier(user)
      self.name = name
    }
  }

  /// The name of the loss.
  public let label: String
  /// The numbers of the leaves that were reached (`GraphNode.number`), those nearest to the loss first.
  public let leaves: [UInt64]
  /// Who has used what this pass left, in order, each once.
  public private(set) var users: [User] = []

  /// For each leaf the set of places in `leaves` that its gradient came through.
  private let ways: [UInt64]
  /// For each leaf the place in `users` of who used it, or nil; empty until somebody did.
  private var userOfLeaf: [Int?] = []

  init(label: String, leaves: [UInt64], ways: [UInt64]) {
    self.label = label
    self.leaves = leaves
    self.ways = ways
  }

  /// Whether the gradient of the leaf at one place came through the operation that uses the leaf at another.
  ///
  /// Places are those in `leaves`; from the 64th leaf on they are not told apart, and the answer is no.
  public func came(to place: Int, through other: Int) -> Bool {
    guard ways.indices.contains(place), other >= 0, other < Self.lastPlace else { return false }
    return ways[place] & Self.mark(other) != 0
  }

  /// Who used the gradient of the leaf at a place; nil if nobody did.
  public func user(ofLeafAt place: Int) -> User? {
    guard userOfLeaf.indices.contains(place), let index = userOfLeaf[place] else { return nil }
    return users[index]
  }

  fileprivate func noteUse(at place: Int, by user: User) {
    if userOfLeaf.isEmpty { userOfLeaf = Array(repeating: nil, count: leaves.count) }
    guard userOfLeaf.indices.contains(place), userOfLeaf[place] == nil else { return }
    if users.last != user, !users.contains(user) { users.append(user) }
    userOfLeaf[place] = users.firstIndex(of: user)
  }

  private static let lastPlace = 63

  /// The bit of a place; all places from the 64th on share one.
  static func mark(_ place: Int) -> UInt64 { 1 << UInt64(min(place, lastPlace)) }
}

/// What one backward pass put into a leaf.
public struct GradientDeposit {
  /// The pass.
  public let source: GradientSource
  /// Which of `source.leaves` the leaf is.
  public let place: Int
  /// Whether it still lay here, unused, when another pass added to it, though somebody had used the pass elsewhere.
  public internal(set) var isMixed = false

  /// Who used it here; nil if nobody did yet.
  public var user: GradientSource.User? { source.user(ofLeafAt: place) }

  /// Used elsewhere, but not here.
  var isLeftOver: Bool { !source.users.isEmpty && user == nil }
}

extension Leaf {
  /// Remembers what a pass adds; what an earlier pass of the same loss did is forgotten unless it was left over.
  func note(_ source: GradientSource, at place: Int) {
    if !deposits.isEmpty {
      deposits.removeAll { $0.source.label == source.label && !$0.isMixed && !$0.isLeftOver }
      for index in deposits.indices where deposits[index].isLeftOver { deposits[index].isMixed = true }
      if deposits.count >= Self.mostDeposits { deposits.removeFirst() }
    }
    deposits.append(GradientDeposit(source: source, place: place))
  }

  /// A loop that never clears its gradients would otherwise gather them without end.
  private static let mostDeposits = 16
}

extension Tensor {
  /// What this leaf has gathered, pass by pass.
  public var gradientDeposits: [GradientDeposit] { node?.leaf?.deposits ?? [] }

  /// Notes that somebody uses the gradient this leaf has gathered, as an optimizer does in its step.
  public func noteGradientUse(by user: GradientSource.User) {
    guard let leaf = node?.leaf else { return }
    for deposit in leaf.deposits { deposit.source.noteUse(at: deposit.place, by: user) }
  }
}
