// SPDX-License-Identifier: Apache-2.0
import Datasets
import FoundationEssentials
import Generative
import Images
import Language
import Layers
import TensorFiles
import Tensors

/// A file that holds a value of the language; the end of its name says in what form.
struct ValueFile {
  private let path: String

  /// Names of notes in a safetensors file.
  private enum Note {
    static let training = "training"
    static let kind = "easel.kind"
    static let blueprint = "easel.blueprint"
    static let name = "easel.name"
  }

  init(_ path: String) { self.path = path }

  static func said(_ path: String, _ call: Call) -> String {
    call.language == .chinese ? "已保存到 \(path)" : "saved to \(path)"
  }

  // MARK: Writing

  func write(_ tensor: Tensor) throws {
    if path.hasSuffix(".npy") {
      try NPYFile.write(NumPyArray(tensor), to: path)
    } else if path.hasSuffix(".npz") {
      try NPZFile(arrays: [("x", NumPyArray(tensor))]).write(to: path)
    } else if path.hasSuffix(".safetensors") {
      try SafetensorsFile(tensors: [("x", tensor)]).write(to: path)
    } else {
      throw FigureFault.fileType(path: path, known: [".npy", ".npz", ".safetensors"])
    }
  }

  /// A net; `input` is the shape of one example, where a file needs it and the net does not tell.
  func write(_ module: ModuleObject, input: Shape?) throws {
    if path.hasSuffix(".onnx") {
      return try writeONNX(module.layer, named: module.layer.notes.label ?? "net", input: input, to: path)
    }
    if path.hasSuffix(".npz") {
      return try NPZFile(arrays: module.layer.stateDictionary.map { ($0.name, NumPyArray($0.tensor)) }).write(to: path)
    }
    guard path.hasSuffix(".safetensors") else {
      throw FigureFault.fileType(path: path, known: [".safetensors", ".npz", ".onnx"])
    }
    var notes = [Note.kind: "module", Note.name: module.layer.notes.label ?? ""]
    if let blueprint = LayerBlueprint(module.layer), let json = try? JSONEncoder().encode(blueprint) {
      notes[Note.blueprint] = String(decoding: json, as: UTF8.self)
    }
    try SafetensorsFile(tensors: module.layer.stateDictionary, metadata: notes).write(to: path)
  }

  func write(_ data: Dataset, format: String?) throws {
    switch format ?? ending {
    case "npz": try ArrayArchive.write(data, to: path)
    case "csv": try CSVFile.write(data, to: path)
    case "idx": try IDXFolder.write(data, to: path)
    case "png": try ImageFolder.write(data, to: path)
    default: throw FigureFault.fileType(path: path, known: [".npz", ".csv", "format=\"idx\"", "format=\"png\""])
    }
  }

  private var ending: String { path.split(separator: ".").last.map(String.init) ?? "" }

  // MARK: Reading

  func read(_ call: Call, on data: Dataset? = nil) throws -> Value {
    switch ending {
    case "safetensors": return try readSafetensors(call, data)
    case "npy": return try NPYFile.read(path).tensor().value
    case "npz":
      let arrays = try NPZFile(contentsOf: path).arrays
      return .record(Record(try arrays.map { ($0.name, try $0.array.tensor().value) }))
    case "png": return try readPicture()
    default: throw FigureFault.fileType(path: path, known: [".safetensors", ".npy", ".npz", ".png"])
    }
  }

  private func readSafetensors(_ call: Call, _ data: Dataset?) throws -> Value {
    let file = try SafetensorsFile(contentsOf: path)
    if file.metadata[Note.training] != nil {
      let checkpoint = try Checkpoint(contentsOf: path)
      let found = if let data { data } else { try checkpoint.data(from: call.state.catalog) }
      return .host(call.state.object(try checkpoint.trainer(on: found)).takingItsName())
    }
    if let json = file.metadata[Note.blueprint], file.metadata[Note.kind] == "module" {
      let layer = try blueprint(json).makeLayer(random: RandomStream(seed: 0))
      try layer.load(file.tensors)
      if let name = file.metadata[Note.name], !name.isEmpty { layer.notes.label = name }
      return .host(ModuleObject(layer))
    }
    return .record(Record(file.tensors.map { ($0.name, $0.tensor.value) }))
  }

  private func blueprint(_ json: String) throws -> LayerBlueprint {
    do {
      return try JSONDecoder().decode(LayerBlueprint.self, from: Data(json.utf8))
    } catch {
      throw TensorFileError.malformed(format: "safetensors", what: "the description of the net cannot be read")
    }
  }

  private func readPicture() throws -> Value {
    let bytes: [UInt8]
    do {
      bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    } catch {
      throw TensorFileError.unreadable(path: path, reason: "no such file, or no permission")
    }
    do throws(ImageError) {
      let bitmap = try PNGFile.decodeGrey(bytes)
      let values = bitmap.pixels.map { Float($0) / 255 }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      guard let tensor = try? Tensor(values, shape: [1, 1, bitmap.height, bitmap.width]) else { return .nothing }
      return ImagesObject(tensor, range: 0...1, columns: 1, caption: Text(name, zh: name)).value
    } catch {
      throw TensorFileError.malformed(format: "PNG", what: error.description)
    }
  }

  /// Fills a net with the weights of a file; one that Python wrote will do.
  func load(into layer: any Layer) throws {
    guard ending == "safetensors" || ending == "npz" else {
      throw FigureFault.fileType(path: path, known: [".safetensors", ".npz"])
    }
    let tensors =
      ending == "npz"
      ? try NPZFile(contentsOf: path).arrays.map { (name: $0.name, tensor: try $0.array.tensor()) }
      : try SafetensorsFile(contentsOf: path).tensors
    try layer.load(tensors)
  }
}
