// SPDX-License-Identifier: Apache-2.0

/// Something that Python, PyTorch or another shell taught, and what it is here.
struct Habit: Sendable {
  /// Where it is typed.
  enum Place: Sendable {
    /// A name that is looked up.
    case name
    /// The name of a module in front of a dot.
    case module
    /// A name behind a dot.
    case member
    /// The first word or sign of a statement.
    case start
    /// An operator.
    case sign
    /// A function or class whose name is replaced where it is called.
    case rename
    /// The name of an argument.
    case argument
  }

  let place: Place
  /// What people type.
  let theirs: String
  /// What it is here; may be a whole example.
  let ours: String?
  /// What is to be said about it.
  let remark: Text?

  init(_ place: Place, _ theirs: String, _ ours: String?, _ remark: Text? = nil) {
    self.place = place
    self.theirs = theirs
    self.ours = ours
    self.remark = remark
  }
}

extension Habit {
  /// The words that stand for the object in front of the dot.
  private static let stands = ["net", "gan", "xs", "x"]

  /// The habit with the name of the user's own object in its example.
  fileprivate func about(_ receiver: String?) -> Habit {
    guard let receiver, let ours else { return self }
    let words = ours.split { !$0.isLetter }
    guard let stand = Habit.stands.first(where: { words.contains(Substring($0)) }) else { return self }
    var result = ""
    var word = ""
    for character in ours + "\n" {
      if character.isLetter {
        word.append(character)
      } else {
        result += (word == stand ? receiver : word) + (character == "\n" ? "" : String(character))
        word = ""
      }
    }
    return Habit(place, theirs, result, remark)
  }
}

/// All habits, by where they are typed.
enum Habits {
  static let all: [Habit] = names + modules + members + starts + signs + renames + arguments

  private static let table: [Habit.Place: [String: Habit]] = Dictionary(grouping: all, by: \.place).mapValues {
    Dictionary($0.map { ($0.theirs, $0) }) { first, _ in first }
  }

  /// The habit of this word at this place.
  static func find(_ word: String, _ place: Habit.Place) -> Habit? { table[place]?[word] }

  static func isModule(_ word: String) -> Bool { find(word, .module) != nil }

  // MARK: Diagnostics

  /// What is to be said about an unknown name; nil when it is no habit.
  static func name(_ word: String, at span: SourceSpan, in source: SourceText) -> Diagnostic? {
    let line = source.text(of: source.statementSpan(around: span))
    if ["when", "until", "once", "break", "if", "on"].contains(word), let wish = StopCondition(line) {
      return Diagnostic(
        .name, Text("\"\(word)\" is not a name here", zh: "这里没有 “\(word)” 这个名字"), labels: [.init(.span(span))],
        help: [.init(code: wish.code, StopCondition.remark)], span: span)
    }
    let rewritten = HabitRewriter.rewrite(line)
    if isModule(word) {
      return Diagnostic(
        .name, Text("\"\(word)\" is not needed here: everything is built in", zh: "这里不需要 “\(word)”：一切都是内置的"),
        labels: [.init(.span(span))], help: rewritten.map { [.init(code: $0)] } ?? [], span: span)
    }
    guard let habit = find(word, .name) ?? find(word, .rename) else { return nil }
    let code = habit.place == .rename ? rewritten : nil
    return Diagnostic(
      .name, Text("\"\(word)\" is not a name here", zh: "这里没有 “\(word)” 这个名字"), labels: [.init(.span(span))],
      help: help(habit, code, at: span), span: span)
  }

  private static func help(_ habit: Habit, _ code: String?, at span: SourceSpan) -> [Diagnostic.Help] {
    if let code { return [.init(code: code, habit.remark)] }
    guard let ours = habit.ours else { return habit.remark.map { [.init($0)] } ?? [] }
    let isWord = ours.unicodeScalars.allSatisfy(Characters.continuesName)
    return isWord && habit.remark == nil ? [.init(replacing: .span(span), by: ours)] : [.init(code: ours, habit.remark)]
  }

  /// What is to be said about an unknown name behind a dot; nil when it is no habit.
  static func member(_ word: String, of value: Value, at span: SourceSpan, in source: SourceText) -> Diagnostic? {
    let line = source.text(of: source.statementSpan(around: span))
    let type = value.typeName
    let message = Text("no field or function \"\(word)\" for \(type)", zh: "\(type) 没有名为 “\(word)” 的字段或函数")
    let label = [Diagnostic.Label(.span(span))]
    if let habit = find(word, .member) {
      let rewritten = HabitRewriter.rewrite(line)
      let habit = habit.about(receiver(before: span, in: source))
      return Diagnostic(.name, message, labels: label, help: help(habit, rewritten, at: span), span: span)
    }
    guard word.count > 2, word.hasSuffix("_"), !word.hasPrefix("_") else { return nil }
    let help = Diagnostic.Help(
      code: "x = x.\(word.dropLast())(…)", Text("values are never changed in place", zh: "值从不就地改变"))
    return Diagnostic(.name, message, labels: label, help: [help], span: span)
  }

  /// The plain name in front of the dot before `span`; nil when something else stands there.
  private static func receiver(before span: SourceSpan, in source: SourceText) -> String? {
    let start = source.statementSpan(around: span).start
    guard start < span.start else { return nil }
    let before = source.text(of: SourceSpan(start, span.start))
    guard before.last == "." else { return nil }
    let reversed = before.dropLast().reversed().prefix { $0.unicodeScalars.allSatisfy(Characters.continuesName) }
    let name = String(reversed.reversed())
    guard let first = name.first, first.isLetter || first == "_" else { return nil }
    return before.dropLast(name.count + 1).last == "." ? nil : name
  }

  /// What people who know other libraries call one of these arguments.
  static func argument(_ theirs: String, among known: [String]) -> String? {
    arguments.first { $0.theirs == theirs && $0.ours.map(known.contains) ?? false }?.ours
  }

  /// Help for an argument that belongs to another command: a trainer is made first and trained afterwards.
  static func help(forArgument name: String, of function: String) -> [Diagnostic.Help] {
    guard ["epochs", "num_epochs", "n_epochs"].contains(name),
      let known = ["GAN", "VAE", "Classifier", "VIB", "SRGAN"].first(where: { $0 == function })
    else { return [] }
    let variable = known == "Classifier" ? "clf" : known.lowercased()
    let remark = Text("after \(variable) = \(known)(data)", zh: "先 \(variable) = \(known)(data)")
    return [.init(code: "train \(variable) epochs=10", remark)]
  }

  /// Help for a builtin that was given something of a type it does not take.
  static func help(forCalling function: String, with type: String) -> [Diagnostic.Help] {
    guard function == "train", type != "String" else { return [] }
    let remark = Text("nets train by default; this is for inference", zh: "网络默认处于训练状态；这一行用于推断")
    return [.init(code: "with eval_mode(net) { … }", remark)]
  }
}
