// SPDX-License-Identifier: Apache-2.0
public import Language

extension HelpTopic {
  /// The pages of the session itself.
  public static let session: [HelpTopic] = [syntax, keys, glossary, settings]

  static let syntax = HelpTopic(
    "syntax", title: Text("The language in ten rules", zh: "语言的十条规则"),
    body: Text(
      """
       1  A line is a statement; ; separates statements; { } hold blocks. An open
          bracket, or an operator, comma or |> at the end, continues the line.
       2  Expressions are Python's: operators, slices, f"…", [… for …], a if c else b.
       3  Named arguments are name=value.
       4  One function, three spellings: mean(x, 0)   x.mean(0)   x |> mean(0)
       5  Verb first: step gan 100 means step(gan, 100), and shows the result.
          Arguments are separated by blanks or commas; a final { } block is do=.
       6  Tensors are values; nets, optimizers, loaders, trainers are live objects,
          shared by all names. copy(G) and fork(gan) make independent ones.
       7  Expressions and verbs of the top level show their value, the last
          assignment shows one line; ; at the end of a line silences it.
       8  _ is the last shown value.
       9  ?x helps, x?? shows how a one-liner is written out, why explains an error.
      10  %word lines act on the session: see ?magics.
      """,
      zh: """
         1  一行是一条语句；; 分隔语句；{ } 包住代码块。括号未闭合，或行尾是运算符、
            逗号、|> 时，下一行继续。
         2  表达式与 Python 相同：运算符、切片、f"…"、[… for …]、a if c else b。
         3  命名参数写作 name=value。
         4  同一个函数有三种写法：mean(x, 0)   x.mean(0)   x |> mean(0)
         5  动词开头：step gan 100 就是 step(gan, 100)，并显示结果。
            参数用空格或逗号分隔；末尾的 { } 代码块就是 do=。
         6  张量是值；网络、优化器、加载器、训练器是活的对象，多个名字共享同一个。
            copy(G) 与 fork(gan) 得到独立的副本。
         7  顶层的表达式和动词显示结果，最后一条赋值显示一行；行尾的 ; 使其不显示。
         8  _ 是最近显示的值。
         9  ?x 查看帮助，x?? 查看展开后的写法，why 解释最近的错误。
        10  %开头的行作用于会话，见 ?magics。
        """))

  static let keys = HelpTopic(
    "keys", title: Text("Keys at the prompt", zh: "提示符处的按键"),
    body: Text(
      """
      Tab        complete, or list what fits
      Up, Down   earlier inputs, whole blocks included
      Ctrl-R     search earlier inputs
      Ctrl-C     drop the line; while something runs: pause it, twice: abandon it
      Ctrl-D     leave, on an empty line
      \\mu Tab    μ, and so with the other Greek letters
      The keys can be changed in ~/.inputrc, between $if easel and $endif.
      """,
      zh: """
        Tab        补全，或列出候选
        上、下     以前的输入，包括整个代码块
        Ctrl-R     搜索以前的输入
        Ctrl-C     放弃当前行；运行时：暂停，再按一次：放弃
        Ctrl-D     在空行处退出
        \\mu Tab    μ，其他希腊字母同理
        按键可以在 ~/.inputrc 的 $if easel 与 $endif 之间更改。
        """))

  static let settings = HelpTopic(
    "settings", title: Text("Settings", zh: "设置"),
    body: Text(
      """
      %set shows all settings, %set key value changes one for this session.
      Lines in ~/.config/easel/init.easel run before the first prompt, so
      %set graphics half there is kept.
      What grads and flow flag: grads.vanishing and grads.large (of ‖g‖/‖w‖),
      grads.exploding, grads.beside_next (of the next layer's ‖g‖) and
      grads.dead (of the share of zeros); %set grads.large 10 raises one.
      """,
      zh: """
        %set 显示全部设置，%set 名称 值 在本次会话中更改一项。
        ~/.config/easel/init.easel 中的内容在第一个提示符之前运行，
        把 %set graphics half 写在那里即可长期保留。
        grads 与 flow 的标记阈值：grads.vanishing、grads.large、grads.exploding
        （针对 ‖g‖/‖w‖）、grads.beside_next（针对下一层的 ‖g‖）、
        grads.dead（针对零的比例）；例如 %set grads.large 10。
        """))

  static let glossary = HelpTopic(
    "glossary", title: Text("Words, English and Chinese", zh: "术语对照"),
    body: Text(glossaryText, zh: glossaryText))

  private static let glossaryText = """
    activation              激活          latent code             潜在编码
    adversarial loss        对抗损失      learning rate           学习率
    batch                   批            likelihood              似然
    data augmentation       数据增强      loss                    损失
    data set                数据集        mode collapse           模式崩溃
    decoder                 解码器        noise                   噪声
    discriminator           判别器        optimizer               优化器
    divergence              散度          overfitting             过拟合
    encoder                 编码器        posterior collapse      后验坍塌
    epoch                   轮次          reconstruction          重建
    evidence lower bound    证据下界      regularization          正则化
    generalization          泛化          reparameterization      重参数化
    generator               生成器        sample                  样本
    gradient                梯度          step                    训练步
    label                   标签          vanishing gradient      梯度消失
    """
}
