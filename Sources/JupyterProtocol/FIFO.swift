// SPDX-License-Identifier: Apache-2.0

/// A queue: first in, first out, both in constant time on average.
public struct FIFO<Element> {
  private var elements: [Element?] = []
  private var head = 0

  /// Makes an empty queue.
  public init() {}

  /// How many wait.
  public var count: Int { elements.count - head }

  /// Whether none waits.
  public var isEmpty: Bool { count == 0 }

  /// The one that waits longest.
  public var first: Element? { head < elements.count ? elements[head] : nil }

  /// The one that came last.
  public var last: Element? { isEmpty ? nil : elements[elements.count - 1] }

  /// Adds one at the end.
  public mutating func append(_ element: Element) {
    elements.append(element)
  }

  /// Takes the one that waits longest.
  public mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let first = elements[head]
    elements[head] = nil
    head += 1
    // The room in front is given back when it is half of everything, so that taking costs the same on average.
    if head * 2 >= elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return first
  }

  /// Takes back the one that came last.
  public mutating func popLast() -> Element? {
    guard !isEmpty else { return nil }
    return elements.removeLast()
  }

  /// Takes out all that are wanted; the others stay in order.
  public mutating func removeAll(where isWanted: (Element) -> Bool) -> [Element] {
    let waiting = elements[head...].compactMap { $0 }
    elements = waiting.filter { !isWanted($0) }
    head = 0
    return waiting.filter(isWanted)
  }
}

extension FIFO: Sendable where Element: Sendable {}
