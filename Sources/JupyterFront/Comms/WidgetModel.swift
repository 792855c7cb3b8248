// SPDX-License-Identifier: Apache-2.0
import Glibc
import JupyterProtocol
import Language

/// The state of one widget in a page, as the library of widgets there knows it.
struct WidgetModel: Sendable {
  /// The version of the messages between kernel and page.
  static let messageVersion = "2.1.0"
  private static let module = "@jupyter-widgets/controls"
  private static let moduleVersion = "2.0.0"

  /// The name of the model's class, such as `FloatSliderModel`.
  let name: String
  /// What the page knows about it besides its class.
  var values: [JSON.Member]
  /// Values that are bytes, by name.
  var buffers: [(name: String, bytes: [UInt8])] = []

  init(_ name: String, view: String? = nil, _ values: [JSON.Member]) {
    self.name = "\(name)Model"
    self.values = values + [JSON.Member("_view_name", .string("\(view ?? name)View"))]
  }

  /// The whole state, without bytes.
  var state: JSON {
    .object(
      [
        JSON.Member("_model_name", .string(name)), JSON.Member("_model_module", .string(Self.module)),
        JSON.Member("_model_module_version", .string(Self.moduleVersion)),
        JSON.Member("_view_module", .string(Self.module)),
        JSON.Member("_view_module_version", .string(Self.moduleVersion)),
      ] + values)
  }

  /// What a page that is opened later is told.
  var description: JSON {
    [
      "model_name": .string(name), "model_module": .string(Self.module),
      "model_module_version": .string(Self.moduleVersion), "state": state,
    ]
  }

  /// Sets a value.
  mutating func set(_ name: String, _ value: JSON) {
    if let place = values.firstIndex(where: { $0.name == name }) {
      values[place].value = value
    } else {
      values.append(JSON.Member(name, value))
    }
  }
}

extension WidgetModel {
  /// A box around other widgets.
  static func box(_ name: String, of children: [String], classes: [String] = []) -> WidgetModel {
    WidgetModel(
      name,
      [
        JSON.Member("children", .array(children.map { .string("IPY_MODEL_\($0)") })),
        JSON.Member("_dom_classes", .array(classes.map { .string($0) })),
      ])
  }

  /// HTML that a style sheet can find by a class.
  static func html(_ html: String, classes: [String] = []) -> WidgetModel {
    WidgetModel(
      "HTML",
      members(["value": html]) + [JSON.Member("_dom_classes", .array(classes.map { .string($0) }))])
  }

  /// The widget of a control.
  init(_ kind: Panel.Kind) {
    switch kind {
    case .button(let label, let icon, let tooltip):
      self.init("Button", Self.members(["description": label, "icon": icon, "tooltip": tooltip]))
    case .toggle(let label, let icon, let isOn):
      self.init(
        "ToggleButton", Self.members(["description": label, "icon": icon]) + [JSON.Member("value", .bool(isOn))])
    case .slider(let label, let value, let range, let step, let isLogarithmic):
      self = .slider(label, value, range, step, isLogarithmic)
    case .choice(let label, let options, let selected):
      // A few words stand side by side, many in a menu.
      self.init(
        options.count <= 5 ? "ToggleButtons" : "Dropdown",
        Self.members(["description": label]) + [
          JSON.Member("_options_labels", .array(options.map { .string($0) })),
          JSON.Member("index", .integer(selected)),
        ])
    case .progress(let label, let fraction):
      self.init(
        "FloatProgress", view: "Progress",
        Self.members(["description": label]) + [
          JSON.Member("value", .number(fraction)), JSON.Member("min", 0.0), JSON.Member("max", 1.0),
        ])
    case .text(let html): self = .html(html)
    case .picture(let png, let width, let height, let alt):
      // The image of the page has no alternative text; a title is read out in its place.
      self.init(
        "Image",
        Self.members([
          "format": "png", "width": "\(width)", "height": "\(height)", "description": "", "tooltip": alt,
        ]))
      buffers = [("value", png)]
    }
  }

  private static func slider(
    _ label: String, _ value: Double, _ range: ClosedRange<Double>, _ step: Double, _ isLogarithmic: Bool
  ) -> WidgetModel {
    let (name, least, most) =
      isLogarithmic
      ? ("FloatLogSlider", log10(range.lowerBound), log10(range.upperBound))
      : ("FloatSlider", range.lowerBound, range.upperBound)
    return WidgetModel(
      name,
      members(["description": label, "readout_format": isLogarithmic ? ".2e" : ".3g"])
        + [
          JSON.Member("value", .number(value)), JSON.Member("min", .number(least)), JSON.Member("max", .number(most)),
          JSON.Member("step", .number(step)), JSON.Member("base", 10.0), JSON.Member("continuous_update", false),
        ].filter { isLogarithmic || $0.name != "base" })
  }

  private static func members(_ texts: KeyValuePairs<String, String>) -> [JSON.Member] {
    texts.map { JSON.Member($0.key, .string($0.value)) }
  }
}
