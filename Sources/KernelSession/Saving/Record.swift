// SPDX-License-Identifier: Apache-2.0
import Language

/// One executed input with what it showed, for `%save`.
struct RecordedCell: Sendable {
  let number: Int
  let code: String
  var outputs: [Output] = []
  var failure: Failure?
}

/// The inputs of this session with their outputs, up to a limit of bytes; beyond it the oldest outputs are forgotten,
/// never the inputs.
struct SessionRecord: Sendable {
  /// How many bytes of outputs are kept.
  static let limit = 64 << 20

  private(set) var cells: [RecordedCell] = []
  private var bytes = 0
  private var firstWithOutputs = 0

  /// Starts a cell.
  mutating func begin(_ number: Int, _ code: String) {
    cells.append(RecordedCell(number: number, code: code))
  }

  /// Adds an output to the newest cell; a run in progress is kept in its last state only.
  mutating func add(_ output: Output) {
    guard !cells.isEmpty else { return }
    let newest = cells.count - 1
    switch output {
    case .progress: return
    case .clear: cells[newest].outputs = []
    case .update(let display, let id): update(id, display.withoutDrawing)
    case .text(let text, let stream):
      if case .text(let before, stream)? = cells[newest].outputs.last, before.utf8.count < 1 << 20 {
        cells[newest].outputs[cells[newest].outputs.count - 1] = .text(before + text, stream)
      } else {
        cells[newest].outputs.append(output)
      }
    case .note: cells[newest].outputs.append(output)
    case .display(let display, let id): cells[newest].outputs.append(.display(display.withoutDrawing, id: id))
    case .result(let display, let count): cells[newest].outputs.append(.result(display.withoutDrawing, count: count))
    }
    bytes += output.byteCount
    while bytes > SessionRecord.limit, firstWithOutputs < newest { forgetOldestOutputs() }
  }

  /// Notes how the newest cell failed.
  mutating func fail(_ failure: Failure) {
    guard !cells.isEmpty else { return }
    cells[cells.count - 1].failure = failure
  }

  private mutating func forgetOldestOutputs() {
    bytes -= cells[firstWithOutputs].outputs.reduce(0) { $0 + $1.byteCount }
    cells[firstWithOutputs].outputs = []
    firstWithOutputs += 1
  }

  private mutating func update(_ id: String, _ display: Display) {
    for cell in cells.indices.reversed() {
      for output in cells[cell].outputs.indices {
        if case .display(_, id) = cells[cell].outputs[output] {
          cells[cell].outputs[output] = .display(display, id: id)
        }
      }
    }
  }
}

extension Display {
  /// The display without what only a terminal needs.
  fileprivate var withoutDrawing: Display { Display(plain, parts: parts, caption: caption) }

  /// How many bytes the content takes.
  fileprivate var byteCount: Int {
    parts.reduce(plain.utf8.count) { sum, part in
      switch part.content {
      case .text(let text), .json(let text): sum + text.utf8.count
      case .bytes(let bytes): sum + bytes.count
      }
    }
  }
}

extension Output {
  /// How many bytes the content takes.
  fileprivate var byteCount: Int {
    switch self {
    case .text(let text, _), .note(let text): text.utf8.count
    case .display(let display, _), .update(let display, _), .result(let display, _): display.byteCount
    case .progress, .clear: 0
    }
  }
}
