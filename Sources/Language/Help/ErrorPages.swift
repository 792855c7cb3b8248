// SPDX-License-Identifier: Apache-2.0

/// The long explanation of each class of error: what it means, why it happens, what usually helps.
public enum ErrorPages {
  /// The page of a class.
  public static func page(_ kind: Diagnostic.Kind) -> Text {
    switch kind {
    case .syntax: syntax
    case .name: name
    case .type: type
    case .shape: shape
    case .value: value
    case .index: index
    case .gradient: gradient
    case .data: data
    case .file: file
    case .state: state
    case .interrupted: interrupted
    }
  }

  private static let syntax = Text(
    """
    The text is not a program, so nothing of it was run. The carets show where reading stopped; the mistake is there
    or a little before.
    Usual causes: a bracket or brace that is not closed; a colon where a block in { } belongs; two words side by side
    where a comma or an operator is missing; a Python statement that has no counterpart here.
    Blocks are written { … }, functions x -> x * 2 or def f(x) = x * 2. ?python lists what differs from Python.
    """,
    zh: """
      这段文字不是合法的程序，因此没有执行任何部分。插入符（^）指出读到哪里停下；错误就在那里或稍前。
      常见原因：括号或花括号没有闭合；该用 { } 语句块的地方写了冒号；两个词之间缺逗号或运算符；用了这里没有的 Python 语句。
      语句块写作 { … }，函数写作 x -> x * 2 或 def f(x) = x * 2。?python 列出与 Python 的区别。
      """)

  private static let name = Text(
    """
    A name is used that nothing has: no variable, no function, no field of the value before the dot.
    Usual causes: a spelling mistake; a variable whose line was not run yet, or that was set inside a function, whose
    variables end with it; a prefix such as torch. or nn. that is not needed here.
    %who lists the variables; Tab completes names; gan. followed by Tab lists the fields of gan.
    """,
    zh: """
      用到了一个不存在的名字：既不是变量，也不是函数，也不是点号前那个值的字段。
      常见原因：拼写错误；定义变量的那一行还没有运行；变量是在函数内部赋值的，函数结束后就不存在了；写了这里不需要的前缀，如 torch. 或 nn.。
      %who 列出变量；Tab 键补全名字；输入 gan. 再按 Tab 列出 gan 的字段。
      """)

  private static let type = Text(
    """
    A value is of a kind that the function or operator cannot take, or the arguments do not fit the parameters.
    Usual causes: a string where a number belongs; too many or too few arguments; a misspelt argument name; after a
    verb, an argument that starts with -, ( or [ and has no comma before it: show x -1 means show(x - 1).
    ?name shows the parameters of a function and what each of them takes.
    """,
    zh: """
      值的类型不是函数或运算符能接受的，或者参数与函数的定义不符。
      常见原因：该用数字的地方给了字符串；参数太多或太少；参数名拼错；动词后面以 -、( 或 [ 开头的参数前缺少逗号：show x -1 的意思是 show(x - 1)。
      ?name 显示函数的参数以及各自接受的类型。
      """)

  private static let shape = Text(
    """
    The shapes of tensors do not fit together. A shape lists the length of each axis: [64, 1, 28, 28] is 64 images of
    one channel, 28 rows and 28 columns.
    Operators broadcast: axes are compared from the last one, and each pair must be equal or contain a 1. Losses never
    broadcast, because [64] with [64, 1] would silently compare all 64 × 64 pairs. Linear(784 → 128) wants 784 as the
    last axis; an image becomes a row of numbers by x.flatten(1).
    Helpful: x.shape, x.flatten(1), x.reshape(…), x.unsqueeze(1), summary(net).
    """,
    zh: """
      张量的形状不匹配。形状依次列出各轴的长度：[64, 1, 28, 28] 是 64 张图像，每张 1 个通道、28 行、28 列。
      运算符会广播：从最后一个轴开始逐轴比较，每一对要么相等，要么其中一个是 1。损失函数从不广播，因为 [64] 与 [64, 1] 会悄悄地比较全部 64 × 64 对。Linear(784 → 128) 要求最后一个轴是 784；x.flatten(1) 把图像变成一行数字。
      可用：x.shape、x.flatten(1)、x.reshape(…)、x.unsqueeze(1)、summary(net)。
      """)

  private static let value = Text(
    """
    A value is of the right type but cannot be used: a division by zero, a number out of range, a word that is not
    among those allowed, a different count of names and values in an assignment, something too large for memory.
    The message names the value and what was expected. ?name shows what an argument may be.
    """,
    zh: """
      值的类型正确，但不能使用：除以零、数字超出范围、不在允许之列的词、赋值两边数目不同、大到内存放不下。
      错误信息指出该值和期望的内容。?name 显示参数可以取什么值。
      """)

  private static let index = Text(
    """
    An index lies outside the list, tensor or record. Indices count from 0, so the last element of 3 is x[2] or x[-1].
    A slice such as x[0:8] is cut to what is there and never fails. len(x) and x.shape say how much there is.
    """,
    zh: """
      索引超出了列表、张量或记录的范围。索引从 0 开始，所以 3 个元素中的最后一个是 x[2] 或 x[-1]。
      切片如 x[0:8] 会自动截到实际长度，不会出错。len(x) 与 x.shape 显示有多少元素。
      """)

  private static let gradient = Text(
    """
    A gradient cannot be computed. backward() goes from one number, the loss, back through every operation that made
    it, to the tensors that asked for a gradient.
    Usual causes: the result does not depend on anything that requires a gradient (it was detached, or made under
    no_grad); backward() was called twice on the same graph, whose saved values are released by the first call;
    backward() was called on more than one number: take the mean or the sum first.
    Run the forward lines again, or keep the graph with loss.backward(retain=True). graph(loss) draws what there is.
    """,
    zh: """
      无法计算梯度。backward() 从一个数（损失）出发，沿着产生它的每一步运算往回走，直到需要梯度的张量。
      常见原因：结果不依赖任何需要梯度的张量（被 detach 过，或在 no_grad 下产生）；对同一个计算图调用了两次 backward()，而第一次之后保存的值已经释放；对不止一个数调用 backward()：先取平均或求和。
      重新运行前向的几行，或用 loss.backward(retain=True) 保留计算图。graph(loss) 画出计算图。
      """)

  private static let data = Text(
    """
    A data set cannot be read or does not have what was asked for. datasets lists what is here, what is missing, and
    how to get it. digits, ring8 and grid25 are built in and need no files. Nothing is downloaded unless
    download=True is given.
    """,
    zh: """
      数据集无法读取，或没有所要的内容。datasets 列出已有的、缺少的以及获取办法。digits、ring8、grid25 是内置的，不需要文件。除非写 download=True，否则不会下载任何东西。
      """)

  private static let file = Text(
    """
    A file cannot be read or written: it is not there, it is of another format, it is damaged, or the folder does not
    allow it. Paths are relative to the folder that %pwd shows; %ls lists it; ~ stands for your home folder.
    A file that is being written is put in place only when it is complete, so the old one stays whole.
    """,
    zh: """
      文件无法读取或写入：不存在、格式不对、已损坏，或没有权限。路径相对于 %pwd 显示的目录；%ls 列出其中的文件；~ 表示主目录。
      写文件时先写完整再替换，因此原来的文件不会受损。
      """)

  private static let state = Text(
    """
    Something was asked for at the wrong time: resume when nothing is paused, undo with nothing to undo, a part that
    was released, calls nested without end. The object itself is whole. Its card (type its name) says where it stands.
    """,
    zh: """
      在不合适的时候要求做某事：没有暂停却 resume，没有可撤销的却 undo，用了已释放的部分，函数无止境地调用自己。对象本身是完好的；输入它的名字可看到它的状态。
      """)

  private static let interrupted = Text(
    """
    You asked to stop. The running step was finished first, so nets, optimizers, random streams and history fit
    together, and resume goes on exactly where it stopped. Asking a second time gives up the running step and goes
    back to the state before it. Variables that a loop has set keep their values.
    """,
    zh: """
      这是你要求的停止。正在进行的一步会先完成，因此网络、优化器、随机流与历史保持一致，resume 会从停下的地方继续。再次要求停止则放弃当前这一步，回到它之前的状态。循环中已赋值的变量保持其值。
      """)
}
