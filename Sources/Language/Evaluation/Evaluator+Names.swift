// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  /// The value of a name: a variable from the inside out, else a builtin.
  func value(of name: NameNode, _ frame: Frame) throws -> Value {
    if let value = lookUp(name, frame) { return value }
    throw NameMistake(self, frame).unknownName(name).placed(in: frame.source)
  }

  /// The value of a name; nil when nothing has it.
  func lookUp(_ name: NameNode, _ frame: Frame) -> Value? {
    let running = frame.running
    var index = name.use
    while index >= 0 {
      let resolution = running.resolutions[index]
      switch resolution.place {
      case .local(var depth, let slot):
        var holder = frame
        while depth > 0, let parent = holder.parent {
          holder = parent
          depth -= 1
        }
        if let value = holder[slot] { return value }
      case .global(let global):
        let index = running.globals[global]
        if let value = environment.values[index] { return value }
        if let builtin = environment.builtins[index] { return .function(builtin) }
      }
      index = resolution.fallback
    }
    return nil
  }

  /// Binds a name: a variable of the function, else of the top level.
  func bind(_ value: Value, to name: NameNode, _ frame: Frame) throws {
    switch value {
    case .host(let object): object.assigned(to: name.text)
    case .function(let function): function.assigned(to: name.text)
    default: break
    }
    switch frame.running.resolutions[name.use].place {
    case .local(_, let slot): try frame.set(slot, to: value)
    case .global(let global):
      let index = frame.running.globals[global]
      if environment.values[index] == nil, environment.builtins[index] != nil { noteShadowing(name.text) }
      environment.values[index] = value
    }
  }

  private func noteShadowing(_ name: String) {
    note(
      "shadow:\(name)",
      Text(
        "\(name) now means your variable; %reset \(name) brings the builtin back",
        zh: "\(name) 现在是你的变量；%reset \(name) 恢复内置函数"))
  }

  // MARK: Patterns

  /// Binds the names of a pattern; a tuple takes a value apart.
  func bind(_ value: Value, to pattern: Pattern, _ frame: Frame) throws {
    switch pattern {
    case .name(let name): try bind(value, to: name, frame)
    case .discard: break
    case .tuple(let items, let span):
      let values = try unpack(value, into: items.count, at: span, frame)
      for (item, value) in zip(items, values) { try bind(value, to: item, frame) }
    }
  }

  /// Forgets the values of a comprehension's names.
  func clear(_ pattern: Pattern, _ frame: Frame) {
    switch pattern {
    case .name(let name):
      if case .local(_, let slot) = frame.running.resolutions[name.use].place { frame[slot] = nil }
    case .discard: break
    case .tuple(let items, _):
      for item in items { clear(item, frame) }
    }
  }

  /// Takes a value apart into exactly `count` parts.
  func unpack(_ value: Value, into count: Int, at span: SourceSpan, _ frame: Frame) throws -> [Value] {
    var parts: [Value] = []
    do {
      parts = try self.parts(of: value, atMost: count)
    } catch {
      throw explained(error, at: span, in: frame)
    }
    guard parts.count == count else {
      let given = parts.count > count ? (value.knownCount.map { "\($0)" } ?? "more than \(count)") : "\(parts.count)"
      let shown = parts.count > count && value.knownCount == nil ? "超过 \(count)" : given
      throw Diagnostic(
        .value, Text("\(count) names on the left, \(given) values on the right", zh: "左边 \(count) 个名字，右边 \(shown) 个值"),
        labels: [.init(.span(span), Text("\(count)", zh: "\(count)"))]
      ).placed(at: span, in: frame.source)
    }
    return parts
  }

  /// The parts of a value, one more than wanted when there are too many.
  private func parts(of value: Value, atMost count: Int) throws -> [Value] {
    switch value {
    case .tuple(let items), .list(let items): return items
    case .record(let record): return record.values
    case .host(let object):
      if let parts = try object.unpacked(hostCall("=")) { return parts }
    default: break
    }
    let iterator = try iterator(over: value)
    var parts: [Value] = []
    while parts.count <= count, let next = try iterator.next() { parts.append(next) }
    return parts
  }
}
