// SPDX-License-Identifier: Apache-2.0
import Language

/// Help pages about what the workbench is for.
enum Topics {
  static let all: [HelpTopic] =
    [
      gan, vae, collapse, gradients, conditions, until, reproducible, mnist, nets, ExchangeTopic.topic, timeTravel,
      metrics,
    ] + AlarmTopics.all

  private static let gan = HelpTopic(
    "gan", title: Text("Training a GAN", zh: "训练 GAN"),
    body: Text(
      """
      A generator G makes images of noise z; a discriminator D says how likely an image is real. One step updates
      D on real and generated images, then G so that D believes it:
        errD = bce(D(x), 1) + bce(D(G(z)), 0)        errG = bce(D(G(z)), 1)
      The second is the non-saturating form: its gradient does not vanish while D still wins.
        gan = GAN(data); step gan 500; show samples(gan, 4x8); grads gan
      Games: loss="bce", "minimax", "ls", "hinge", "wasserstein" (with clip= or penalty=). k= updates of D a step.
      Healthy: errD near 1.39 = 2·log 2 means that D cannot tell; errD near 0 means that D wins and G learns little.
      See: ?collapse  ?gradients  unfold gan
      """,
      zh: """
        生成器 G 由噪声 z 生成图像；判别器 D 给出图像为真的概率。一步先用真实图像与生成图像更新 D，再更新 G 使 D 信以为真：
          errD = bce(D(x), 1) + bce(D(G(z)), 0)        errG = bce(D(G(z)), 1)
        后者是非饱和形式：即使 D 占优，其梯度也不会消失。
          gan = GAN(data); step gan 500; show samples(gan, 4x8); grads gan
        对抗损失：loss="bce"、"minimax"、"ls"、"hinge"、"wasserstein"（配合 clip= 或 penalty=）。k= 为每步 D 的更新次数。
        正常情况：errD 接近 1.39 = 2·log 2 表示 D 分不清真假；接近 0 表示 D 占优，G 学不到东西。
        参见：?collapse  ?gradients  unfold gan
        """))

  private static let vae = HelpTopic(
    "vae", title: Text("Training a VAE", zh: "训练 VAE"),
    body: Text(
      """
      An encoder E gives each image a normal distribution over codes, N(mu, exp(logvar)); a decoder makes images of
      codes. The loss is what reconstruction costs plus how far the codes are from N(0, 1):
        z = mu + exp(0.5 * logvar) * randn_like(mu)           # so that gradients reach mu and logvar
        loss = recon(x', x) + beta * kl_normal(mu, logvar)
      recon="mse" is the article's; "bce" takes pixels 0 … 1 as probabilities and bounds a likelihood, "gaussian" too.
      k=5 draws five codes an image and trains the tighter, importance-weighted bound (IWAE); elbo vae data k=200 measures it.
      Posterior collapse: kl falls to 0 and all reconstructions look alike. Try a smaller beta, warmup= or free_bits=.
        vae = VAE(data); train vae epochs=2; show pairs(data[0:8], recon(vae, data[0:8])); elbo vae data[0:1000]
      """,
      zh: """
        编码器 E 为每幅图像给出编码的正态分布 N(mu, exp(logvar))；解码器由编码生成图像。
        损失为重建代价加上编码与 N(0, 1) 的距离：
          z = mu + exp(0.5 * logvar) * randn_like(mu)           # 使梯度能到达 mu 与 logvar
          loss = recon(x', x) + beta * kl_normal(mu, logvar)
        recon="mse" 为文章的形式；"bce" 把 0 … 1 的像素当作概率，"gaussian" 亦为似然，二者给出似然的下界。
        k=5 为每幅图像取五个编码，训练更紧的重要性加权下界（IWAE）；elbo vae data k=200 用于测量它。
        后验坍塌：kl 降为 0，所有重建都一样。可减小 beta，或用 warmup=、free_bits=。
          vae = VAE(data); train vae epochs=2; show pairs(data[0:8], recon(vae, data[0:8])); elbo vae data[0:1000]
        """))

  private static let collapse = HelpTopic(
    "collapse", title: Text("Mode collapse", zh: "模式崩溃"),
    body: Text(
      """
      G makes few kinds of images, whatever the noise: the grid shows the same digit again and again, coverage falls.
      Said of 1000 samples when fewer than 1 in 20 real images has one nearby, or when 9 in 10 fall into two classes.
      "missing" names classes with less than a tenth of their share. The judge's known mistakes are allowed for in both.
      Look:     coverage gan        show samples(gan, 8x8)        goto gan 200   # an earlier, healthier step
      Often the cause is a D that is too strong or a rate that is too high. One thing at a time:
        gan2 = fork(gan, lr=1e-4)                     # smaller rates from here
        GAN(data, loss="ls")  GAN(data, smoothing=0.1)  GAN(data, loss="wasserstein", penalty=10.0)
        GAN(data, arch="dcgan")                       # with diffaug=["cutout"] for long runs on few data
      Perceptrons, arch="mlp", collapse under diffaug=["translation"]: a shifted image is another to them.
      On ring8 and grid25 collapse is seen in seconds: gan = GAN(dataset("ring8"), z=2).
      """,
      zh: """
        无论噪声如何，G 只生成少数几种图像：网格中反复出现同一个数字，coverage 下降。
        判据（1000 个样本）：不足 1/20 的真实图像附近有样本，或九成样本落入两类。
        “缺少”列出不足应有份额十分之一的类别。两者都扣除了评判者已知的误判。
        查看：    coverage gan        show samples(gan, 8x8)        goto gan 200   # 回到较早、较正常的一步
        常见原因是 D 过强或学习率过高。一次只改一样：
          gan2 = fork(gan, lr=1e-4)                     # 从此处改用较小的学习率
          GAN(data, loss="ls")  GAN(data, smoothing=0.1)  GAN(data, loss="wasserstein", penalty=10.0)
          GAN(data, arch="dcgan")                       # 数据少且训练久时可加 diffaug=["cutout"]
        感知机（arch="mlp"）在 diffaug=["translation"] 下会崩溃：平移后的图像对它来说是另一幅图像。
        在 ring8 与 grid25 上几秒即可看到崩溃：gan = GAN(dataset("ring8"), z=2)。
        """))

  private static let gradients = HelpTopic(
    "gradients", title: Text("Whose gradient is this?", zh: "这是谁的梯度？"),
    body: Text(
      """
      backward adds gradients to everything the loss was computed from, and they stay until zero_grad. So D's loss also
      reaches G unless the fake was detached, and G's loss always passes through D.
        errD = bce(D(fake.detach()), zeros(n, 1))     # no gradient reaches G
        errG = bce(D(fake), ones(n, 1))               # D gets gradients too: opt_D.zero_grad() clears them
      grads shows for each net which losses its gradients come from, and when one was another net's: told by the way
      that the gradient took and by whose optimizer used it, whatever the names are. w.grad_from gives a list.
      Flags: vanishing (‖g‖/‖w‖ below 1e-6, or ‖g‖ below 1e-3 of the next layer's), large (‖g‖/‖w‖ above 1), exploding
      (above 100), dead (more than 90 % zeros), NaN, no grad. %set grads.large 10 changes from where on.
        grads gan    flow gan    graph errD    grad(sum(D(x)), x)    hook(D[1], g -> print(norm(g)), on="gradient")
      """,
      zh: """
        backward 会把梯度累加到损失所依赖的一切之上，直到 zero_grad。
        因此若没有 detach，D 的损失也会传到 G；而 G 的损失总要经过 D。
          errD = bce(D(fake.detach()), zeros(n, 1))     # 梯度不会到达 G
          errG = bce(D(fake), ones(n, 1))               # D 也得到梯度：由 opt_D.zero_grad() 清除
        grads 显示每个网络的梯度来自哪些损失，以及其中是否有别的网络的损失：依据梯度经过的路径和使用它的优化器判断，与名字无关。
        w.grad_from 以列表给出。
        标记：vanishing（‖g‖/‖w‖ 小于 1e-6，或 ‖g‖ 小于下一层的 1e-3）、large（‖g‖/‖w‖ 大于 1）、exploding（大于 100）、
        dead（九成以上为零）、NaN、no grad。阈值可改：%set grads.large 10。
          grads gan    flow gan    graph errD    grad(sum(D(x)), x)    hook(D[1], g -> print(norm(g)), on="gradient")
        """))

  private static let conditions = stopping("break")
  private static let until = stopping("until")

  private static func stopping(_ name: String) -> HelpTopic {
    HelpTopic(
      name, title: Text("Stopping training at a condition", zh: "在条件成立时停下训练"),
      body: Text(
        """
        until= is asked after every step and ends the command when it becomes true; the session stands at that step.
        It sees the step's figures by their names (errD, errG, loss, kl, …) and everything else: weights, gradients, rates.
          step gan 500 until=errD < 0.3                              # D is winning
          step gan 500 until=gan.D[1].grad_norm > 10                 # the gradient of one layer, as its optimizer used it
          step gan 500 until=norm(gan.G[0].weight.grad) > 10         # or of one parameter
          step gan 500 until=gan.G.grad_norm < 1e-3 * gan.D.grad_norm
          step gan 500 every=10 { print(gan.D.grad_norm) }           # only told, without stopping
        Then look (grads gan, flow gan, slope gan), go back one step (undo gan) or on (resume gan).
        Inside the backward pass, a hook sees a gradient: hook(gan.D[1], g -> print(norm(g)), on="gradient").
        A NaN or an infinity stops a step by itself, before the bad update. In a loop of your own: if x > 10 { break }
        """,
        zh: """
          until= 在每一步之后求值，成立时命令结束，会话停在那一步。
          它能看到该步的指标（errD、errG、loss、kl 等）以及其他一切：权重、梯度、学习率。
            step gan 500 until=errD < 0.3                              # D 占优
            step gan 500 until=gan.D[1].grad_norm > 10                 # 某一层的梯度，即优化器所用的
            step gan 500 until=norm(gan.G[0].weight.grad) > 10         # 或某一个参数的梯度
            step gan 500 until=gan.G.grad_norm < 1e-3 * gan.D.grad_norm
            step gan 500 every=10 { print(gan.D.grad_norm) }           # 只显示，不停下
          随后可以查看（grads gan、flow gan、slope gan）、退回一步（undo gan）或继续（resume gan）。
          在反向传播之中可用钩子查看梯度：hook(gan.D[1], g -> print(norm(g)), on="gradient")。
          出现 NaN 或无穷大时，该步会在错误更新之前自行停下。自写的循环中用：if x > 10 { break }
          """))
  }

  private static let reproducible = HelpTopic(
    "reproducible", title: Text("The same bits again", zh: "逐位可复现"),
    body: Text(
      """
      seed 42 sets the session. Every trainer, loader and layer draws from streams of its own, which follow from the
      session's seed and the order of creation, or from seed=. So looking never changes training: samples, preview and
      walk draw from a stream for display, with the same noise every time unless fresh=True.
      The same seed and commands give the same bits on any number of threads, in a terminal, a script or a notebook.
        %recipe gan     the statements that make it        %verify gan     runs them again and compares the bits
      with gan { … } draws from gan's own streams, as its steps do; with seed(7) { … } from fresh ones for a while.
      """,
      zh: """
        seed 42 设定会话。每个训练器、加载器与层都从自己的随机流取数，它们由会话种子与创建次序决定，或由 seed= 决定。
        因此查看不会改变训练：samples、preview 与 walk 从显示用的流取数，除非 fresh=True，每次用同一份噪声。
        相同的种子与命令给出逐位相同的结果，与线程数无关，终端、脚本、笔记本皆同。
          %recipe gan     造出它的语句        %verify gan     重新运行并逐位比较
        with gan { … } 从 gan 自己的流取数，与其步骤一致；with seed(7) { … } 暂时使用新的流。
        """))

  private static let mnist = HelpTopic(
    "mnist", title: Text("Getting MNIST and Fashion-MNIST", zh: "获取 MNIST 与 Fashion-MNIST"),
    body: Text(
      """
      dataset("digits"), "ring8" and "grid25" are drawn by Easel: nothing to install.
      dataset("fashion-mnist")   Debian and Ubuntu: apt install dataset-fashion-mnist
      dataset("mnist")           looks for the four *-ubyte files (.gz or not) in --data, $EASEL_DATA and
                                 ~/.local/share/easel/mnist; dataset("mnist", download=True) fetches them there
      dataset("/path")           a folder of IDX files, a folder with one folder of PNGs for each class, .csv, .npz
      """,
      zh: """
        dataset("digits")、"ring8"、"grid25" 由 Easel 绘制，无需安装。
        dataset("fashion-mnist")   Debian 与 Ubuntu：apt install dataset-fashion-mnist
        dataset("mnist")           在 --data、$EASEL_DATA 与 ~/.local/share/easel/mnist 中查找四个 *-ubyte 文件（可为 .gz）；
                                   dataset("mnist", download=True) 会下载到该处
        dataset("/path")           IDX 文件夹、每类一个子文件夹的 PNG 文件夹、.csv、.npz
        """))

  private static let nets = HelpTopic(
    "nets", title: Text("Nets of your own", zh: "自定义网络"),
    body: Text(
      """
      G = Sequential(Linear(64, 256), LeakyReLU(0.2), Linear(256, 784), tanh, Reshape(1, 28, 28))
      D = Sequential(Flatten(), Linear(784, 128), LeakyReLU(0.2), Linear(128, 1), sigmoid)
      gan = GAN(data, z=64, G=G, D=D)
      Plain functions are layers: relu, tanh, x -> x * 2. Heads(mu=…, logvar=…) gives a record of several outputs.
      A forward pass of your own: Module((m, x) -> x + m.f(x), f=Linear(8, 8)); tensors given by name are trained.
      Your own loop as a trainer, with progress, history, undo and until: ?Trainer
      Layers are exchanged in place, also in a trainer: G[2] = Linear(256, 784)   ?exchange
      Look inside: D[1].weight   summary D   activations D x   hook(D[1], y -> print(y.shape))
      """,
      zh: """
        G = Sequential(Linear(64, 256), LeakyReLU(0.2), Linear(256, 784), tanh, Reshape(1, 28, 28))
        D = Sequential(Flatten(), Linear(784, 128), LeakyReLU(0.2), Linear(128, 1), sigmoid)
        gan = GAN(data, z=64, G=G, D=D)
        普通函数即是层：relu、tanh、x -> x * 2。Heads(mu=…, logvar=…) 以记录给出多个输出。
        自定义前向：Module((m, x) -> x + m.f(x), f=Linear(8, 8))；按名字给出的张量会被训练。
        把自己的循环变成有进度、历史、撤销与 until 的训练器：?Trainer
        层可就地更换，训练器中亦可：G[2] = Linear(256, 784)   ?exchange
        查看内部：D[1].weight   summary D   activations D x   hook(D[1], y -> print(y.shape))
        """))

  private static let timeTravel = HelpTopic(
    "time", title: Text("Going back, going elsewhere", zh: "回到过去，另走一路"),
    body: Text(
      """
      undo gan             takes back the last step command or exchange     reset gan   back to step 0, same weights
      goto gan 150         any step that was reached, to the bit   snapshot gan "a"   restore gan "a"
      gan2 = fork(gan, lr=1e-5)      the same past, another future            diff gan gan2
      film gan 8 8                   the same noise at 8 steps until now      save film(gan) "film.png"   moves
      save gan "gan.safetensors"     gan = load("gan.safetensors")            goes on with the same bits
      An earlier step is as it was right after it; the furthest one keeps what was set there by hand. See ?exchange
      Snapshots take 256 MB at most (gan.memory), those kept without asking some 40 of them; one let go is reached by
      replay instead, with the same bits.
      Ctrl-C pauses after the step that runs; resume gan goes on. Pausing, looking and going back never change results.
      """,
      zh: """
        undo gan             撤销上一条训练命令或更换          reset gan          回到第 0 步，权重相同
        goto gan 150         回到任何到过的一步，逐位相同      snapshot gan "a"   restore gan "a"
        gan2 = fork(gan, lr=1e-5)      相同的过去，不同的未来             diff gan gan2
        film gan 8 8                   同一份噪声在 8 个时刻的样本        save film(gan) "film.png"   动画
        save gan "gan.safetensors"     gan = load("gan.safetensors")      逐位相同地继续
        较早的一步恢复为刚走完时的样子；最远的一步保留其后手动的设置。参见 ?exchange
        快照最多占用 256 MB（gan.memory），其中自动保留的约 40 MB；被释放的快照改由重放到达，逐位相同。
        Ctrl-C 在当前步完成后暂停；resume gan 继续。暂停、查看与回退都不会改变结果。
        """))

  private static let metrics = HelpTopic(
    "metrics", title: Text("How good are samples?", zh: "样本有多好？"),
    body: Text(
      """
      Samples are measured in the eyes of a judge: a classifier of the real data, trained once and kept in your cache.
      Figures compare only through the same judge; its accuracy stands beside each.
        coverage gan     classes of 1000 samples, modes covered, KL from the data
        quality gan      Fréchet and kernel distance, precision, recall, density, coverage, sharpness, alarms
        nearest(gan, data)   memorization gan data heldout   duplicates gan     are samples copies?
        cas(synth(cgan, 2000), test)     what a classifier learns from samples alone
      No single figure suffices: some copied images have a small Fréchet distance, a collapsed G a high precision.
      """,
      zh: """
        样本由评判者来衡量：它是真实数据的分类器，训练一次后保存在缓存中。只有同一评判者给出的数值才可比较；其正确率总列在旁边。
          coverage gan     1000 个样本的类别、覆盖的模式数、相对数据的 KL
          quality gan      Fréchet 距离与核距离、精确率、召回率、密度、覆盖率、锐度与警报
          nearest(gan, data)   memorization gan data heldout   duplicates gan     样本是否抄袭？
          cas(synth(cgan, 2000), test)     分类器仅从样本能学到什么
        单一指标不够：抄袭的几幅图像 Fréchet 距离很小，崩溃的 G 精确率很高。
        """))
}
