// SPDX-License-Identifier: Apache-2.0

extension BuiltinTable {
  /// The page about a builtin, a type, a group or a topic; the overview for an empty topic; nil when there is none.
  public func help(on topic: String, isDetailed: Bool = false, _ context: DisplayContext) -> Display? {
    let name = topic.hasPrefix("?") ? String(topic.drop { $0 == "?" }) : topic
    if name.isEmpty { return overview(context) }
    if isDetailed, let unfolded = variants(named: name).compactMap(\.unfolds).first { return Display(unfolded) }
    if !variants(named: name).isEmpty { return page(ofBuiltin: name, context) }
    if let group = groups.first(where: { $0.name == name }) { return page(of: group, context) }
    if let topic = topics.first(where: { $0.name.lowercased() == name.lowercased() }) {
      let title = topic.title(context.language)
      return Display(
        title + "\n\n" + topic.body(context.language),
        parts: [MIMEPart("text/markdown", .text("### \(title)\n\n" + topic.body(context.language)))])
    }
    return hostTypes.first { $0.typeName == name }.map { page(ofType: $0, context) }
  }

  /// The error of a topic that has no page.
  public func noHelp(on topic: String) -> Diagnostic {
    let known = names + topics.map(\.name) + groups.map(\.name) + hostTypes.map { $0.typeName }
    let closest = Suggestions.closest(to: topic, in: known)
    return Diagnostic(
      .name, Text("no help on \"\(topic)\"", zh: "没有关于 “\(topic)” 的帮助"), help: [.init(code: "?\(closest ?? "")")])
  }

  /// The headings of the reference, in order.
  public var groups: [Group] {
    builtins.reduce(into: []) { groups, builtin in
      if !groups.contains(builtin.group) { groups.append(builtin.group) }
    }
  }

  // MARK: Pages

  private func overview(_ context: DisplayContext) -> Display {
    let language = context.language
    var lines = [
      Text(
        "Help: ?name, ?topic, name? — Tab completes, why explains the last error.",
        zh: "帮助：?名字、?主题、名字? —— Tab 补全，why 解释上一个错误。")(
          language), "",
    ]
    for group in groups {
      let names = builtins.filter { $0.group == group }.map(\.name)
      let unique = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
      let label = "\(group.title(language)) (?\(group.name))"
      lines.append(label)
      lines += TextLayout.wrapped("  " + unique.joined(separator: " "), columns: context.canvas.columns, indent: 2)
    }
    lines.append(Text("Topics", zh: "主题")(language))
    lines += TextLayout.wrapped(
      "  " + topics.map { "?" + $0.name }.joined(separator: " "), columns: context.canvas.columns, indent: 2)
    return Display(lines.joined(separator: "\n"))
  }

  private func page(of group: Group, _ context: DisplayContext) -> Display {
    let rows = builtins.filter { $0.group == group }.map { builtin in
      (builtin.signature(as: builtin.name), builtin.text(context.language))
    }
    var lines = [group.title(context.language)]
    for (signature, text) in rows {
      lines += TextLayout.wrapped("  " + signature, columns: context.canvas.columns, indent: 6)
      lines += TextLayout.wrapped("      " + text, columns: context.canvas.columns, indent: 6)
    }
    return Display(lines.joined(separator: "\n"))
  }

  private func page(ofBuiltin name: String, _ context: DisplayContext) -> Display {
    // The variant with most to say comes first.
    let variants = variants(named: name).enumerated()
      .sorted { ($0.element.parameters.count, $1.offset) > ($1.element.parameters.count, $0.offset) }.map(\.element)
    let pages = variants.map { BuiltinPage($0, name, context) }
    return Display(
      pages.map(\.plain).joined(separator: "\n\n"),
      parts: [MIMEPart("text/markdown", .text(pages.map(\.markdown).joined(separator: "\n\n")))])
  }

  private func page(ofType type: any HostObject.Type, _ context: DisplayContext) -> Display {
    let fields = type.fieldDescriptions
    let width = (fields.map(\.name.utf8.count).max() ?? 0) + 2
    var lines = [type.typeName]
    for field in fields {
      let name = field.name + String(repeating: " ", count: width - field.name.utf8.count)
      lines += TextLayout.wrapped(
        "  \(name)\(field.typeName)  \(field.text(context.language))", columns: context.canvas.columns,
        indent: width + 2)
    }
    return Display(lines.joined(separator: "\n"))
  }
}
