// SPDX-License-Identifier: Apache-2.0
import Language

/// A help page for each alarm that has none elsewhere: what it means, where to look, what to try.
enum AlarmTopics {
  static let all: [HelpTopic] = [
    dwins, vanishing, exploding, posterior, notFinite, copies, blurred, noisy, condition, ignores,
  ]

  private static let dwins = topic(
    "dwins", title: Text("D is too strong", zh: "判别器过强"),
    body: Text(
      """
      D tells real from generated without fail: D(x) near 1, D(G(z)) near 0, errD near 0. G's gradient says little then.
      Look: plot gan.history    flow gan    slope gan    show samples(gan, 8x8)
      Try one thing at a time: gan2 = fork(gan, lr=1e-4)   GAN(data, smoothing=0.1)   GAN(data, lr=(2e-4, 5e-5))
        GAN(data, loss="hinge", spectral=True)   GAN(data, arch="dcgan")   step gan 200 only="G"
      """,
      zh: """
        D 总能分清真假：D(x) 接近 1，D(G(z)) 接近 0，errD 接近 0，此时 G 的梯度几乎没有信息。
        查看：plot gan.history    flow gan    slope gan    show samples(gan, 8x8)
        一次只改一样：gan2 = fork(gan, lr=1e-4)   GAN(data, smoothing=0.1)   GAN(data, lr=(2e-4, 5e-5))
          GAN(data, loss="hinge", spectral=True)   GAN(data, arch="dcgan")   step gan 200 only="G"
        """))

  private static let vanishing = topic(
    "vanishing", title: Text("Vanishing gradients", zh: "梯度消失"),
    body: Text(
      """
      Hardly any gradient reaches the first layer of a net, so it stays as it was drawn.
      Look: flow gan    grads gan    activations gan.G randn(64, 100)   # saturated or dead units stop gradients
      Often the cause: sigmoid or tanh between layers, loss="minimax" while D wins, weights drawn far too small.
      Try: LeakyReLU(0.2) between layers, BatchNorm, loss="bce", init(net).
      """,
      zh: """
        几乎没有梯度到达网络的第一层，它便停留在初始值。
        查看：flow gan    grads gan    activations gan.G randn(64, 100)   # 饱和或死亡的单元会阻断梯度
        常见原因：层间使用 sigmoid 或 tanh、D 占优时的 loss="minimax"、初始权重过小。
        可试：层间用 LeakyReLU(0.2)、BatchNorm、loss="bce"、init(net)。
        """))

  private static let exploding = topic(
    "exploding", title: Text("Exploding gradients", zh: "梯度爆炸"),
    body: Text(
      """
      The gradient of a layer is a hundred times as long as its weight: the next updates throw it about, NaN may follow.
      Look: grads gan    flow gan    undo gan    goto gan 200
      Try: a smaller rate (gan.opt_G.lr = 1e-4), clip_grads in a loop of your own, penalty= or spectral=True for D.
      """,
      zh: """
        某层梯度的长度是其权重的一百倍：接下来的更新会剧烈摆动，可能出现 NaN。
        查看：grads gan    flow gan    undo gan    goto gan 200
        可试：更小的学习率（gan.opt_G.lr = 1e-4）、自写循环中的 clip_grads、对 D 用 penalty= 或 spectral=True。
        """))

  private static let notFinite = topic(
    "nan", title: Text("NaN and infinity", zh: "NaN 与无穷大"),
    body: Text(
      """
      A step in which a loss, a gradient or a weight becomes NaN or infinite stops before its update and is undone; the
      message names what made it first. backward refuses such a loss, and a data set such numbers.
      Look: alarms gan    grads gan    activations gan    plot gan.history
      Often the cause: a rate too large, log(0), 0/0, the slope of sqrt at 0.
      Try: gan.lr = gan.lr / 10, bce_logits(score, target) in place of bce, log(x + 1e-8), sqrt(x + 1e-12).
      NaN that stands in the weights is mended by no step: undo gan, or goto gan 200.
      """,
      zh: """
        某一步中的损失、梯度或权重一旦变为 NaN 或无穷大，这一步会在更新之前停止并撤销，消息会指出它最早出现在哪里。
        backward 拒绝这样的损失，数据集拒绝这样的数。
        查看：alarms gan    grads gan    activations gan    plot gan.history
        常见原因：学习率过大、log(0)、0/0、sqrt 在 0 处的斜率。
        可试：gan.lr = gan.lr / 10、用 bce_logits(score, target) 代替 bce、log(x + 1e-8)、sqrt(x + 1e-12)。
        权重中已有的 NaN 无法靠继续训练修复：undo gan，或 goto gan 200。
        """))

  private static let posterior = topic(
    "posterior", title: Text("Posterior collapse", zh: "后验坍塌"),
    body: Text(
      """
      Fewer than three code units, and less than a quarter, vary with the image: the decoder does without the code, kl is
      near 0 and all reconstructions look alike.
      Look: elbo vae data[0:1000]    angle vae    show pairs(data[0:8], recon(vae, data[0:8]))
      Try: a smaller beta (vae.beta = 1), warmup=2000, free_bits=0.1.
      """,
      zh: """
        随图像变化的编码单元少于三个且不足四分之一：解码器不再依赖编码，kl 接近 0，所有重建看起来一样。
        查看：elbo vae data[0:1000]    angle vae    show pairs(data[0:8], recon(vae, data[0:8]))
        可试：更小的 beta（vae.beta = 1）、warmup=2000、free_bits=0.1。
        """))

  private static let copies = topic(
    "copies", title: Text("Copied images", zh: "复制的图像"),
    body: Text(
      """
      Among 1000 samples 500 pairs or more are all but the same: the generator gives few images again and again. The
      Fréchet distance can be small all the same; recall and coverage are not.
      Look: duplicates gan    show nearest(gan, data)    memorization gan data heldout    # also of training images
      Try: more data, an earlier step by goto, minibatch=True, arch="dcgan" with diffaug=["translation", "cutout"].
      """,
      zh: """
        1000 个样本中有 500 对以上几乎相同：生成器反复给出少数几幅图像。
        此时 Fréchet 距离仍可能很小，召回率与覆盖率则不然。
        查看：duplicates gan    show nearest(gan, data)    memorization gan data heldout    # 是否也抄自训练图像
        可试：更多数据、用 goto 回到较早的步、minibatch=True、arch="dcgan" 加 diffaug=["translation", "cutout"]。
        """))

  private static let blurred = topic(
    "blurred", title: Text("Blurred samples", zh: "模糊的样本"),
    body: Text(
      """
      Samples have less than 60 % of the sharpness of real images. A VAE averages over what its code does not say.
      Try: a longer code (z=32), a smaller beta, recon="bce", arch="conv", or a GAN; train longer.
      Look: show samples(gan, 8x8) beside show data[0:64]; quality gan says how sharp both are.
      """,
      zh: """
        样本的锐度不足真实图像的 60 %。VAE 会对编码未表达的内容取平均。
        可试：更长的编码（z=32）、更小的 beta、recon="bce"、arch="conv"，或改用 GAN；训练更久。
        查看：把 show samples(gan, 8x8) 与 show data[0:64] 对照；quality gan 给出两者的锐度。
        """))

  private static let noisy = topic(
    "noisy", title: Text("Noisy samples", zh: "有噪点的样本"),
    body: Text(
      """
      Samples are twice as sharp as real images or more: single pixels stand out. Typical of the first steps, and of a
      G that ended up where D says nothing.
      Try: train longer, a smaller rate, loss="ls", ema=0.999 (samples then come from the average of G's weights).
      """,
      zh: """
        样本的锐度是真实图像的两倍以上：有孤立的像素。常见于最初的步，或 G 落在 D 没有信息之处。
        可试：训练更久、更小的学习率、loss="ls"、ema=0.999（样本取自 G 权重的平均）。
        查看：把 show samples(gan, 8x8) 与 show data[0:64] 对照；quality gan 给出两者的锐度。
        """))

  private static let condition = topic(
    "condition", title: Text("The condition is ignored", zh: "条件被忽略"),
    body: Text(
      """
      Fewer than half of the samples show the class that was asked for: labels do not help G to please D yet. Such samples
      must not be used as labelled data: what they teach is at best noise.
      Look: show by_class gan    coverage gan    quality(gan).agreement
      Try: train longer, cond="projection" or cond="auxiliary" in place of "concatenation".
      """,
      zh: """
        不足一半的样本属于所要求的类别：标签尚未帮助 G 骗过 D。这样的样本不能当作带标签的数据，至多等于噪声。
        查看：show by_class gan    coverage gan    quality(gan).agreement
        可试：训练更久，用 cond="projection" 或 cond="auxiliary" 代替 "concatenation"。
        """))

  private static let ignores = topic(
    "ignores", title: Text("The input is ignored", zh: "输入被忽略"),
    body: Text(
      """
      What a net makes of images has nothing to do with them: it found one answer, or a few, that please D. Losses look
      like training then. Typical of fake = G(real), where noise belongs: nothing can be drawn from such a G.
      Look: mapping G data    # its outputs' classes beside those put in, and what it makes of noise
      Try: fake = G(randn(real.size(0), 100)) with G = Generator(z=100); %article gan shows the whole loop.
      """,
      zh: """
        网络由图像生成的结果与输入无关：它找到了一个（或几个）能骗过 D 的答案，而损失曲线看起来像在训练。
        典型原因是 fake = G(real)，那里应当输入噪声：从这样的 G 无法采样新图像。
        查看：mapping G data    # 输出的类别与输入的类别对照，以及输入噪声时的结果
        可试：fake = G(randn(real.size(0), 100))，其中 G = Generator(z=100)；%article gan 给出完整的循环。
        """))

  /// A page that ends with where alarms are told.
  private static func topic(_ name: String, title: Text, body: Text) -> HelpTopic {
    HelpTopic(
      name, title: title,
      body: Text(
        body.english + """

          alarms gan lists all that is wrong now; a command of 20 steps or more says it unasked.
          Samples are looked at too once coverage or quality has made a judge of the data.
          """,
        zh: body.chinese + """

          alarms gan 列出当前的全部警报；20 步及以上的命令会主动提示。
          一旦 coverage 或 quality 造出数据的评判者，样本也会被检查。
          """))
  }
}
