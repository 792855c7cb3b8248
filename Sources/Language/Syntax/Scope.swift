// SPDX-License-Identifier: Apache-2.0

/// Finds out, while the parser reads, where each name's value will be.
///
/// A name that a function assigns anywhere is the function's own; until it has a value, the name means what it means
/// outside. Comprehensions and lazy arguments keep their own names in hidden slots of the function around them.
struct ScopeStack {
  /// A part of the program with names of its own.
  private struct Scope {
    enum Kind { case topLevel, function, comprehension, lazy }

    let kind: Kind
    var slots: [String: Int] = [:]
    var slotCount = 0
    /// Names assigned inside a lazy argument: they are not overlaid.
    var assigned: Set<String> = []
    /// Uses that are not yet resolved, with the number of functions between.
    var pending: [(name: String, resolution: Int, depth: Int)] = []
  }

  private(set) var resolutions: [Resolution] = []
  private(set) var globalNames: [String] = []
  private var globalIndices: [String: Int] = [:]
  private var scopes = [Scope(kind: .topLevel)]

  /// Whether what is read now runs at the top level and not in a function.
  var isTopLevel: Bool { !scopes.contains { $0.kind == .function } }

  // MARK: Names

  /// Notes a use of a name and gives its resolution.
  mutating func use(_ name: String) -> Int {
    let resolution = newResolution()
    scopes[scopes.count - 1].pending.append((name, resolution, 0))
    return resolution
  }

  /// Notes that a name is assigned here.
  mutating func assign(_ name: String) {
    for index in scopes.indices.reversed() {
      switch scopes[index].kind {
      case .lazy: scopes[index].assigned.insert(name)
      case .comprehension: continue
      case .function:
        declare(name, in: index, frame: index)
        return
      case .topLevel: return
      }
    }
  }

  /// Makes a name of the innermost comprehension or function.
  mutating func declare(_ name: String) { declare(name, in: scopes.count - 1, frame: innermostFrame) }

  private mutating func declare(_ name: String, in index: Int, frame: Int) {
    guard scopes[index].slots[name] == nil else { return }
    scopes[index].slots[name] = newSlot(in: frame)
  }

  // MARK: Opening and closing

  mutating func openFunction() { scopes.append(Scope(kind: .function)) }
  mutating func openComprehension() { scopes.append(Scope(kind: .comprehension)) }
  mutating func openLazy() { scopes.append(Scope(kind: .lazy)) }

  /// Resolves what belongs to the function and gives the names of its slots; hidden ones have an empty name.
  mutating func closeFunction() -> [String] {
    let scope = scopes.removeLast()
    for (name, resolution, depth) in scope.pending {
      guard let slot = scope.slots[name] else {
        pass(name, resolution, depth: depth + 1)
        continue
      }
      resolve(resolution, .local(depth: depth, slot: slot), else: name, depth: depth + 1)
    }
    var names = [String](repeating: "", count: scope.slotCount)
    for (name, slot) in scope.slots { names[slot] = name }
    return names
  }

  /// Resolves what belongs to the comprehension.
  mutating func closeComprehension() {
    let scope = scopes.removeLast()
    for (name, resolution, depth) in scope.pending {
      if let slot = scope.slots[name] {
        resolve(resolution, .local(depth: depth, slot: slot), else: name, depth: depth)
      } else {
        pass(name, resolution, depth: depth)
      }
    }
  }

  /// Gives the slots that stand before variables of the same names.
  mutating func closeLazy() -> [(name: String, slot: Int)] {
    let scope = scopes.removeLast()
    let frame = innermostFrame
    var overlays: [String: Int] = [:]
    for (name, resolution, depth) in scope.pending {
      guard depth == 0, !scope.assigned.contains(name) else {
        pass(name, resolution, depth: depth)
        continue
      }
      let slot = overlays[name] ?? newSlot(in: frame)
      overlays[name] = slot
      resolve(resolution, .local(depth: 0, slot: slot), else: name, depth: 0)
    }
    return overlays.sorted { $0.value < $1.value }.map { ($0.key, $0.value) }
  }

  /// Resolves what is left to variables of the top level and gives the number of hidden slots.
  mutating func closeTopLevel() -> Int {
    for (name, resolution, _) in scopes[0].pending {
      let index = globalIndices[name] ?? globalNames.count
      if index == globalNames.count {
        globalNames.append(name)
        globalIndices[name] = index
      }
      resolutions[resolution] = Resolution(place: .global(index))
    }
    scopes[0].pending = []
    return scopes[0].slotCount
  }

  // MARK: Parts

  private var innermostFrame: Int {
    scopes.lastIndex { $0.kind == .function } ?? 0
  }

  private mutating func newSlot(in frame: Int) -> Int {
    defer { scopes[frame].slotCount += 1 }
    return scopes[frame].slotCount
  }

  private mutating func newResolution() -> Int {
    resolutions.append(Resolution(place: .global(0)))
    return resolutions.count - 1
  }

  /// Settles a use, with the meaning outside as what counts until there is a value.
  private mutating func resolve(_ resolution: Int, _ place: Resolution.Place, else name: String, depth: Int) {
    let outside = newResolution()
    resolutions[resolution] = Resolution(place: place, fallback: outside)
    pass(name, outside, depth: depth)
  }

  private mutating func pass(_ name: String, _ resolution: Int, depth: Int) {
    scopes[scopes.count - 1].pending.append((name, resolution, depth))
  }
}
