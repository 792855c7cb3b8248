// SPDX-License-Identifier: Apache-2.0

/// One line of the list of data sets: what it is, and whether it is here.
public struct CatalogEntry: Sendable, Equatable {
  /// The name to ask for.
  public let name: String
  /// How many training and test examples it has, and of what shape.
  public let size: String
  /// Where it is, or nil when it is not on this machine.
  public let place: String?
  /// How to get it when it is not here.
  public let advice: String
}

extension DatasetCatalog {
  /// All named data sets with what is here and what is missing.
  public var entries: [CatalogEntry] {
    Self.names.map { name in
      switch name {
      case "mnist": entry(for: .mnist)
      case "fashion-mnist": entry(for: .fashion)
      case "digits": drawn(name, "6000 + 2000 × 1×28×28, 10 classes")
      case "ring8": drawn(name, "10000 + 2000 × 2, 8 groups")
      default: drawn(name, "10000 + 2000 × 2, 25 groups")
      }
    }
  }

  private func entry(for set: PublishedSet) -> CatalogEntry {
    CatalogEntry(
      name: set.name, size: "60000 + 10000 × 1×28×28, 10 classes", place: folder(of: set, split: "train"),
      advice: set.advice)
  }

  private func drawn(_ name: String, _ size: String) -> CatalogEntry {
    CatalogEntry(name: name, size: size, place: "drawn by Easel", advice: "")
  }
}
