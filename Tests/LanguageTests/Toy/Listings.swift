// SPDX-License-Identifier: Apache-2.0
import Language

/// The training loops that everything else is measured by.
enum Listing {
  static let grammar = Grammar(
    verbs: Set(RealisticNames.verbs), lazyParameters: ["until", "do"])

  static let all = [
    EaselProgram(path: "gan", text: gan), EaselProgram(path: "vae", text: vae), EaselProgram(path: "nets", text: nets),
    EaselProgram(path: "one-liners", text: oneLiners), EaselProgram(path: "own trainer", text: ownTrainer),
  ]

  static let gan = """
    data   = dataset("mnist") |> normalize(0.5, 0.5)          # ToTensor + Normalize((0.5,), (0.5,))
    loader = Loader(data, batch=64, shuffle=True)
    G = Generator(z=100)
    D = Discriminator()
    criterion   = bce                                          # BCELoss()
    optimizer_G = Adam(G.parameters(), lr=0.0002, betas=(0.5, 0.999))
    optimizer_D = Adam(D.parameters(), lr=0.0002, betas=(0.5, 0.999))

    for epoch in range(25) {
      for i, (real, _) in enumerate(loader) {
        # 训练判别器 / train the discriminator
        optimizer_D.zero_grad()
        real_label = ones(real.size(0), 1)
        fake_label = zeros(real.size(0), 1)
        errD_real = criterion(D(real), real_label)             # printed: D(real).view(-1) against [64, 1]
        fake = G(randn(real.size(0), 100))                     # printed: G(real)
        errD_fake = criterion(D(fake.detach()), fake_label)    # printed: no detach
        errD = errD_real + errD_fake
        errD.backward()
        optimizer_D.step()

        # 训练生成器 / train the generator
        optimizer_G.zero_grad()
        errG = criterion(D(fake), real_label)
        errG.backward()
        optimizer_G.step()
      }
    }
    """

  static let vae = """
    E = Encoder(z=16)
    Dec = Decoder(z=16)
    optimizer = Adam(E.parameters() + Dec.parameters(), lr=0.001)

    def reparameterize(mu, logvar) {
      std = exp(0.5 * logvar)
      mu + std * randn_like(std)
    }

    for epoch in range(10) {
      for i, (real, _) in enumerate(loader) {
        optimizer.zero_grad()
        mu, logvar = E(real)
        z = reparameterize(mu, logvar)
        recon = Dec(z)
        recon_loss = mse(recon, real, reduction="sum")
        kl_div = -0.5 * sum(1 + logvar - mu.pow(2) - logvar.exp())
        loss = recon_loss + kl_div
        loss.backward()
        optimizer.step()
      }
    }
    """

  static let nets = """
    G = Sequential(Linear(100, 128), LeakyReLU(0.2), Linear(128, 256), LeakyReLU(0.2),
      Linear(256, 784), tanh, Reshape(1, 28, 28))
    D = Sequential(Flatten(), Linear(784, 128), LeakyReLU(0.2), Linear(128, 1), sigmoid)
    E = Sequential(Flatten(), Linear(784, 256), relu, Heads(mu=Linear(256, 16), logvar=Linear(256, 16)))
    Dec = Sequential(Linear(16, 256), relu, Linear(256, 784), tanh, Reshape(1, 28, 28))
    m = Module((m, x) -> x + m.f(x), f=Linear(8, 8))
    """

  static let oneLiners = """
    gan = GAN(data); step gan 100; grads gan; show samples(gan, 8x8)
    vae = VAE(data, z=16); train vae epochs=2; show pairs(data[0:8], recon(vae, data[0:8]))
    walk vae data[0] data[7] steps=8
    t.add("real + classical", 100, evaluate(Classifier(few, augment=aug) |> train(epochs=60), test).accuracy);
    """

  static let ownTrainer = """
    def one_step(real) {
      optimizer_D.zero_grad()
      fake = G(randn(len(real), 100))
      errD = bce(D(real), ones(len(real), 1)) + bce(D(fake.detach()), zeros(len(real), 1))
      errD.backward(); optimizer_D.step()
      (errD=errD, errG=errG)
    }
    mine = Trainer(one_step, parts=(G=G, D=D, optimizer_G=optimizer_G, optimizer_D=optimizer_D), data=loader)
    step mine 200 until=errD < 0.4 every=50 { show samples(mine, 2x8) }
    """
}
