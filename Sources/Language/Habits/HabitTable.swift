// SPDX-License-Identifier: Apache-2.0

extension Habits {
  static let names: [Habit] = [
    Habit(.name, "true", "True"), Habit(.name, "false", "False"), Habit(.name, "TRUE", "True"),
    Habit(.name, "FALSE", "False"), Habit(.name, "null", "None"), Habit(.name, "nil", "None"),
    Habit(.name, "none", "None"), Habit(.name, "NULL", "None"), Habit(.name, "NaN", "float(\"nan\")"),
    Habit(.name, "nan", "float(\"nan\")"), Habit(.name, "inf", "float(\"inf\")"),
    Habit(.name, "device", nil, Text("everything runs on the CPU: leave it out", zh: "一切都在 CPU 上运行：去掉它即可")),
    Habit(.name, "quit", "exit", leave),
    Habit(.name, "exit", "exit", leave),
    Habit(.name, "q", "exit", leave), Habit(.name, "bye", "exit", leave), Habit(.name, "logout", "exit", leave),
    Habit(.name, "ls", "%ls"), Habit(.name, "cd", "%cd"), Habit(.name, "pwd", "%pwd"), Habit(.name, "who", "%who"),
    Habit(.name, "whos", "%who"), Habit(.name, "history", "%history"), Habit(.name, "doctor", "%doctor"),
    Habit(.name, "tour", "%tour"), Habit(.name, "version", "%version"), Habit(.name, "time", "%time step gan 10"),
    Habit(.name, "timeit", "%timeit x @ x"), Habit(.name, "clear", "clear_output()"),
    Habit(.name, "cls", "clear_output()"),
    Habit(.name, "dir", "?x"), Habit(.name, "type", "?x", Text("says what x is", zh: "显示 x 是什么")),
    Habit(.name, "isinstance", "?x", Text("says what x is", zh: "显示 x 是什么")), Habit(.name, "vars", "%who"),
    Habit(.name, "globals", "%who"), Habit(.name, "open", "load(\"file.safetensors\")"),
    Habit(.name, "tqdm", "for x in xs { … }", Text("a loop that takes a while shows its progress", zh: "耗时的循环会自动显示进度")),
    Habit(.name, "breakpoint", "step gan 500 until=errD < 1", StopCondition.remark),
    Habit(.name, "dict", "(a=1, b=2)", Text("a record", zh: "记录")), Habit(.name, "set", "[1, 2]"),
    Habit(.name, "tuple", "(1, 2)"), Habit(.name, "format", "f\"{x:.3f}\""),
    Habit(
      .name, "reparameterize", "def reparameterize(mu, lv) { mu + exp(lv / 2) * randn_like(mu) }",
      Text("it must be defined first", zh: "须先定义")),
  ]

  private static let leave = Text("alone on a line, or Ctrl-D", zh: "单独一行，或按 Ctrl-D")

  static let modules: [Habit] = [
    "torch", "nn", "F", "optim", "np", "numpy", "plt", "matplotlib", "pyplot", "tf", "tensorflow", "keras", "jax",
    "jnp",
    "torchvision", "transforms", "functional", "utils", "init", "layers", "pd", "pandas", "math", "random", "sklearn",
  ].map { Habit(.module, $0, "") }

  static let members: [Habit] = [
    Habit(.member, "to", nil, onCPU), Habit(.member, "cuda", nil, onCPU), Habit(.member, "cpu", nil, onCPU),
    Habit(.member, "numpy", "list(x)"), Habit(.member, "tolist", "list(x)"),
    Habit(.member, "eval", "with eval_mode(net) { … }"), Habit(.member, "clone", "copy(x)"),
    Habit(.member, "append", "xs = xs + [x]", copied), Habit(.member, "extend", "xs = xs + ys", copied),
    Habit(.member, "insert", "xs = xs[:i] + [x] + xs[i:]", copied), Habit(.member, "pop", "xs = xs[:-1]", copied),
    Habit(.member, "remove", "xs = [v for v in xs if v != x]", copied), Habit(.member, "forward", "net(x)"),
    Habit(.member, "dataset", "data"),
    Habit(.member, "state_dict", "save net \"net.safetensors\""),
    Habit(.member, "load_state_dict", "load(\"net.safetensors\")"),
    Habit(.member, "fit", "train gan epochs=5"), Habit(.member, "keys", "[name for name in record]"),
    Habit(.member, "items", "zip(names, record)"), Habit(.member, "numel", "count(net)"),
    Habit(.member, "ndim", "len(x.shape)"), Habit(.member, "dim", "len(x.shape)"),
    Habit(.member, "data", "x.detach()"), Habit(.member, "format", "f\"{x:.3f}\""),
    Habit(.member, "join", "f\"{a}, {b}\""),
  ]

  private static let onCPU = Text("everything runs on the CPU", zh: "一切都在 CPU 上运行")
  private static let copied = Text("lists are values", zh: "列表是值")

  static let signs: [Habit] = [
    Habit(.sign, "&&", "and"), Habit(.sign, "||", "or"), Habit(.sign, "!", "not"), Habit(.sign, "&", "and"),
    Habit(.sign, "|", "or"), Habit(.sign, "~", "not"), Habit(.sign, "^", "**"), Habit(.sign, "=>", "->"),
    Habit(.sign, "===", "=="), Habit(.sign, ":=", "="), Habit(.sign, "++", "+= 1"), Habit(.sign, "--", "-= 1"),
    Habit(.sign, "**=", "x = x ** 2"), Habit(.sign, "//=", "x = x // 2"), Habit(.sign, "%=", "x = x % 2"),
    Habit(.sign, "?", "a if c else b"), Habit(.sign, "<<", "x * 2**n"), Habit(.sign, ">>", "x // 2**n"),
    Habit(.sign, "$", "%ls", Text("session commands start with %", zh: "会话命令以 % 开头")),
    Habit(.sign, "`", "x"),
    Habit(.sign, "\\", nil, Text("a line goes on inside brackets or after an operator", zh: "括号内或运算符之后可以换行")),
  ]

  static let renames: [Habit] = [
    ("BCELoss", "bce"), ("BCEWithLogitsLoss", "bce_logits"), ("MSELoss", "mse"), ("L1Loss", "l1"),
    ("CrossEntropyLoss", "cross_entropy"), ("binary_cross_entropy", "bce"),
    ("binary_cross_entropy_with_logits", "bce_logits"), ("mse_loss", "mse"), ("l1_loss", "l1"), ("ReLU", "relu"),
    ("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("Softplus", "softplus"), ("DataLoader", "Loader"), ("Dense", "Linear"),
    ("Conv2D", "Conv2d"), ("Conv2DTranspose", "ConvTranspose2d"), ("BatchNorm1d", "BatchNorm"),
    ("BatchNorm2d", "BatchNorm"), ("MaxPool2d", "MaxPool"), ("Dropout2d", "Dropout"),
    ("UpsamplingNearest2d", "Upsample"),
    ("ModuleDict", "Heads"), ("concat", "cat"), ("concatenate", "cat"), ("array", "tensor"), ("clamp", "clip"),
    ("manual_seed", "seed"), ("imshow", "show"), ("one_hot_encode", "one_hot"), ("numel", "count"),
    ("RandomRotation", "RandomRotate"), ("RandomHorizontalFlip", "RandomFlip"), ("RandomErasing", "RandomErase"),
    ("batch_size", "batch"), ("learning_rate", "lr"), ("num_epochs", "epochs"), ("n_epochs", "epochs"),
  ].map { Habit(.rename, $0.0, $0.1) }

  static let arguments: [Habit] = [
    ("in_features", "n_in"), ("out_features", "n_out"), ("in_channels", "c_in"), ("out_channels", "c_out"),
    ("num_features", "n"), ("num_embeddings", "n"), ("embedding_dim", "d"), ("negative_slope", "slope"),
    ("learning_rate", "lr"), ("batch_size", "batch"), ("num_epochs", "epochs"), ("n_epochs", "epochs"),
    ("latent_dim", "z"), ("z_dim", "z"), ("nz", "z"), ("noise_dim", "z"), ("latent", "z"), ("steps", "n"),
    ("iterations", "n"), ("axis", "dim"), ("keepdim", "keep"), ("keepdims", "keep"), ("random_state", "seed"),
    ("parameters", "params"), ("axes", "dims"), ("generator", "G"), ("discriminator", "D"), ("encoder", "E"),
    ("decoder", "D"), ("conditional", "cond"), ("n_critic", "k"), ("critic_steps", "k"), ("max_steps", "n"),
    ("kernel_size", "kernel"), ("p", "probability"), ("std", "sd"), ("sigma", "sd"), ("root", "name"),
  ].map { Habit(.argument, $0.0, $0.1) }
}
