// SPDX-License-Identifier: Apache-2.0

/// The two training loops of the article 《AI生成的数据增强：改善模型泛化能力》, section 5.2, in the language of Easel.
enum Article {
  /// The GAN loop, mended: noise in, fakes detached, equal shapes.
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

  /// The GAN loop with the article's own lines; it stops at `errD_real`.
  static let ganAsPrinted = """
    data   = dataset("mnist") |> normalize(0.5, 0.5)
    loader = Loader(data, batch=64, shuffle=True)
    G = Generator(z=100)
    D = Discriminator()
    criterion   = bce
    optimizer_G = Adam(G.parameters(), lr=0.0002, betas=(0.5, 0.999))
    optimizer_D = Adam(D.parameters(), lr=0.0002, betas=(0.5, 0.999))

    for epoch in range(25) {
      for i, (real, _) in enumerate(loader) {
        # 训练判别器
        optimizer_D.zero_grad()
        real_label = ones(real.size(0), 1)
        fake_label = zeros(real.size(0), 1)
        errD_real = criterion(D(real).view(-1), real_label)    # fault: [64] against [64, 1]
        fake = G(real)                                         # fault: real images instead of noise
        errD_fake = criterion(D(fake).view(-1), fake_label)    # fault: D's loss reaches G
        errD = errD_real + errD_fake
        errD.backward()
        optimizer_D.step()

        # 训练生成器
        optimizer_G.zero_grad()
        fake = G(real)                                         # fault: made twice, and from images again
        errG = criterion(D(fake).view(-1), real_label)
        errG.backward()
        optimizer_G.step()
      }
    }
    """

  /// The VAE loop, mended: `reparameterize` is defined, and the decoder has a name of its own.
  static let vae = """
    data   = dataset("mnist") |> normalize(0.5, 0.5)
    loader = Loader(data, batch=64, shuffle=True)
    E = Encoder(z=16)
    Dec = Decoder(z=16)                                        # printed as D, the discriminator's name
    optimizer = Adam(E.parameters() + Dec.parameters(), lr=0.001)

    def reparameterize(mu, logvar) {                           # used but never defined in the article
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

  /// The VAE loop with the article's own lines; it stops at `reparameterize`.
  static let vaeAsPrinted = """
    data   = dataset("mnist") |> normalize(0.5, 0.5)
    loader = Loader(data, batch=64, shuffle=True)
    E = Encoder(z=16)
    D = Decoder(z=16)
    optimizer = Adam(E.parameters() + D.parameters(), lr=0.001)

    for epoch in range(10) {
      for i, (real, _) in enumerate(loader) {
        optimizer.zero_grad()
        mu, logvar = E(real)
        z = reparameterize(mu, logvar)                         # fault: defined nowhere
        recon = D(z)
        recon_loss = mse(recon, real, reduction="sum")
        kl_div = -0.5 * sum(1 + logvar - mu.pow(2) - logvar.exp())
        loss = recon_loss + kl_div
        loss.backward()
        optimizer.step()
      }
    }
    """
}
