// SPDX-License-Identifier: Apache-2.0
import Language

/// The headings under which help lists what the workbench adds, in the order of the reference.
extension Group {
  static let tensors = Group("tensors", Text("Tensors", zh: "张量"))
  static let autograd = Group("autograd", Text("Gradients", zh: "梯度"))
  static let layers = Group("nn", Text("Layers and losses", zh: "网络层与损失"))
  static let optimizers = Group("optim", Text("Optimizers", zh: "优化器"))
  static let data = Group("data", Text("Data sets", zh: "数据集"))
  static let augmentation = Group("augment", Text("Augmentation", zh: "数据增强"))
  static let training = Group("training", Text("Trainers and training", zh: "训练器与训练"))
  static let metrics = Group("metrics", Text("Metrics", zh: "评价指标"))
}
