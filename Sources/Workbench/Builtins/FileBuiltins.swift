// SPDX-License-Identifier: Apache-2.0
import Datasets
import Generative
import Language
import Layers
import TensorFiles
import Tensors

// Values as files that other tools read, and back.

extension Builtin {
  static let saveTensor = Builtin(
    "save", .verb, in: .session,
    Text("Writes a tensor to a file: .npy, .npz or .safetensors.", zh: "把张量写入文件：.npy、.npz 或 .safetensors。"),
    Parameter<PlainTensorArgument>("x", Text("A tensor.", zh: "张量。")), pathParameter,
    examples: [Example("save(arange(3), \"/tmp/easel-example.npy\")", shows: "saved")], seeAlso: ["load"]
  ) { call, tensor, path in
    try ValueFile(path).write(tensor.tensor)
    return ValueFile.said(path, call)
  }

  static let saveModule = Builtin(
    "save", .verb, in: .session,
    Text(
      "Writes a net: its weights as .safetensors or .npz under PyTorch's names, or the whole net as .onnx.",
      zh: "保存网络：.safetensors 或 .npz 存权重（名字与 PyTorch 一致），.onnx 存整个网络。"),
    moduleParameter, pathParameter,
    Parameter<Shape?>(
      "input", Text("The shape of one example, where .onnx cannot tell.", zh: ".onnx 无法推断时，单个样例的形状。"),
      default: .nothing),
    examples: [
      Example("save(Linear(2, 1), \"/tmp/easel-example.safetensors\")", shows: "saved"),
      Example("save(Generator(z=4), \"/tmp/easel-example.onnx\")", shows: "saved"),
    ], seeAlso: ["load"]
  ) { call, module, path, input in
    do {
      try ValueFile(path).write(module, input: input)
    } catch let error as LayerError where input == nil && error.lacksInput {
      throw SavingFault.noInput(net: call.argumentText(0) ?? "net", path: path)
    }
    return ValueFile.said(path, call)
  }

  static let saveDataset = Builtin(
    "save", .verb, in: .session,
    Text(
      "Writes a data set: .npz, .csv, or a folder of idx or png files.", zh: "把数据集写成 .npz、.csv，或 idx、png 文件夹。"),
    datasetParameter,
    pathParameter,
    Parameter<String?>(
      "format", Text("The form, when the path does not tell.", zh: "格式；路径不能说明时给出。"), default: .nothing,
      among: .words(["npz", "csv", "idx", "png"])),
    examples: [Example("save(dataset(\"digits\", limit=20), \"/tmp/easel-example.npz\")", shows: "saved")],
    seeAlso: ["dataset", "load"]
  ) { call, data, path, format in
    try ValueFile(path).write(data.data, format: format)
    return ValueFile.said(path, call)
  }

  static let load = Builtin(
    "load", .function, in: .session,
    Text(
      "What a file holds: a net, a training, tensors, pictures; into= fills a net with its weights.",
      zh: "读取文件中的网络、训练、张量或图像；into= 把权重载入网络。"),
    Parameter<String>(
      "path", Text("A .safetensors, .npy, .npz or .png file.", zh: ".safetensors、.npy、.npz 或 .png 文件。"), among: .paths),
    Parameter<ModuleObject?>("into", Text("A net that takes the weights.", zh: "接收权重的网络。"), default: .nothing),
    Parameter<DatasetObject?>(
      "data", Text("The data of a training, when no catalog knows them.", zh: "训练所用的数据（目录中找不到时给出）。"), default: .nothing),
    examples: [
      Example(
        "net = Linear(2, 1); save(net, \"/tmp/easel-example.safetensors\"); other = load(\"/tmp/easel-example.safetensors\"); all(net.weight == other.weight)",
        shows: "True")
    ], seeAlso: ["save", "dataset"]
  ) { call, path, target, data -> Value in
    let file = ValueFile(path)
    guard let target else { return try file.read(call, on: data?.data) }
    try file.load(into: target.layer)
    return target.value
  }

  static let copyModule = Builtin(
    "copy", .function, in: .layers, Text("A net of its own with the same weights.", zh: "权重相同的独立网络。"), moduleParameter,
    examples: [Example("a = Linear(2, 1); b = copy(a); a.weight[0] = 9; any(b.weight == 9)", shows: "False")]
  ) { _, module in
    let copy = try copiedNet(module.layer)
    copy.notes.label = nil
    return ModuleObject(copy)
  }

  static let files: [Builtin] = [saveTensor, saveModule, saveDataset, load, copyModule]
}

/// A tensor that is not a picture: pictures are saved as what is seen.
struct PlainTensorArgument: ValueConvertible {
  let tensor: Tensor
  let value: Value

  static var typeName: String { "Tensor" }

  static func convert(_ value: Value) -> PlainTensorArgument? {
    guard case .host(let object) = value, object is TensorObject || object is ParameterObject,
      let tensor = Tensor.convert(value)
    else { return nil }
    return PlainTensorArgument(tensor: tensor.detached(), value: value)
  }
}
