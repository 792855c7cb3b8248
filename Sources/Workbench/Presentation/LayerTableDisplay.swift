// SPDX-License-Identifier: Apache-2.0
import Figures
import Language
import Layers
import Tensors

/// The table of the layers of a net: shapes, counts, lengths of the weights.
enum LayerTableDisplay {
  static func display(_ layer: any Layer, name: String?, input: Shape?, _ context: DisplayContext) -> Display {
    FigureDisplay.of(summary(layer, name: name, input: input), context)
  }

  /// The layers as a figure.
  static func summary(_ layer: any Layer, name: String?, input: Shape?) -> LayerSummary {
    LayerSummary(
      title: [name ?? "", layer.typeName].filter { !$0.isEmpty }.joined(separator: "  "),
      layers: layer.table(for: input ?? layer.likelyInput).map { row in
        LayerSummary.Layer(
          path: String(repeating: "  ", count: row.depth) + row.name, description: row.layer.summary,
          output: row.output ?? "", parameters: row.parameterCount, norm: row.weightNorm)
      })
  }
}

extension Layer {
  /// A shape that the net surely takes, when its first layers tell.
  var likelyInput: Shape? {
    var found: Shape?
    forEachLayer { _, layer in
      guard found == nil else { return }
      switch layer {
      case let layer as Linear: found = [1, layer.inputs]
      case let layer as Conv2d: found = [1, layer.inputChannels, 28, 28]
      case let layer as ConvTranspose2d: found = [1, layer.inputChannels, 7, 7]
      case let layer as BatchNorm: found = [1, layer.features]
      default: break
      }
    }
    return found
  }
}
