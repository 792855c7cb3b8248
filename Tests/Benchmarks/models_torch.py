# SPDX-License-Identifier: Apache-2.0
"""The benchmark's workloads in PyTorch: one function a workload that returns a step.

Images are 28x28 in [-1, 1], float32, already in memory; noise is drawn inside the step.
"""

import torch
from torch import nn
from torch.nn import functional as F

LATENT = 100
# One fused pass of Adam, no gradients for D in G's update, convolutions in channels_last.
TUNED = False


def adam(model, **settings):
    return torch.optim.Adam(model.parameters(), fused=TUNED or None, **settings)


def laid_out(model):
    """The model in the order of memory that its convolutions like best."""
    has_convolutions = any(isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)) for module in model.modules())
    return model.to(memory_format=torch.channels_last) if TUNED and has_convolutions else model



def images(count):
    generator = torch.Generator().manual_seed(1)
    return torch.rand(count, 1, 28, 28, generator=generator) * 2 - 1


def mlp(sizes, last, normalised=False):
    layers = []
    for index, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(inputs, outputs))
        if index < len(sizes) - 2:
            if normalised:
                layers.append(nn.BatchNorm1d(outputs))
            layers.append(nn.LeakyReLU(0.2))
    return nn.Sequential(*layers, *last)


def adversarial_step(generator, discriminator, batch):
    """D's update on real and fake (one pass of G, detached), then G's update through the updated D."""
    generator, discriminator = laid_out(generator), laid_out(discriminator)
    optimizers = [adam(net, lr=2e-4, betas=(0.5, 0.999)) for net in (generator, discriminator)]
    data, ones, zeros = images(64 * 8), torch.ones(batch, 1), torch.zeros(batch, 1)
    state = {"at": 0}

    def step():
        real = data[state["at"] : state["at"] + batch]
        state["at"] = (state["at"] + batch) % len(data)
        fake = generator(torch.randn(batch, LATENT))
        optimizers[1].zero_grad()
        loss = F.binary_cross_entropy_with_logits(discriminator(real), ones)
        loss = loss + F.binary_cross_entropy_with_logits(discriminator(fake.detach()), zeros)
        loss.backward()
        optimizers[1].step()
        optimizers[0].zero_grad()
        if TUNED:
            discriminator.requires_grad_(False)
        loss_g = F.binary_cross_entropy_with_logits(discriminator(fake), ones)
        loss_g.backward()
        optimizers[0].step()
        if TUNED:
            discriminator.requires_grad_(True)
        return loss.item() + loss_g.item()

    return step


def gan_mlp(batch=64, normalised=False):
    generator = mlp([LATENT, 256, 512, 1024, 784], [nn.Tanh(), nn.Unflatten(1, (1, 28, 28))], normalised)
    discriminator = nn.Sequential(nn.Flatten(), mlp([784, 512, 256, 1], []))
    return adversarial_step(generator, discriminator, batch)


def gan_mlp_bn(batch=64):
    return gan_mlp(batch, normalised=True)


def convolutional_generator():
    return nn.Sequential(
        nn.Linear(LATENT, 7 * 7 * 128), nn.Unflatten(1, (128, 7, 7)),
        nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh())


def dcgan(batch=64):
    discriminator = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(128 * 49, 1))
    return adversarial_step(convolutional_generator(), discriminator, batch)


class VAE(nn.Module):
    def __init__(self, body, width, decoder):
        super().__init__()
        self.body, self.decoder = body, decoder
        self.mean, self.log_variance = nn.Linear(width, 20), nn.Linear(width, 20)

    def forward(self, x):
        hidden = self.body(x)
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        return self.decoder(z), mean, log_variance


def variational_step(model, batch):
    model = laid_out(model)
    optimizer = adam(model, lr=1e-3)
    data = images(128 * 8)
    state = {"at": 0}

    def step():
        x = data[state["at"] : state["at"] + batch]
        state["at"] = (state["at"] + batch) % len(data)
        optimizer.zero_grad()
        y, mean, log_variance = model(x)
        loss = F.mse_loss(y, x, reduction="sum")
        loss = loss - 0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def vae_mlp(batch=64):
    body = nn.Sequential(nn.Flatten(), nn.Linear(784, 400), nn.ReLU())
    decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784), nn.Unflatten(1, (1, 28, 28)))
    return variational_step(VAE(body, 400, decoder), batch)


def vae_mlp_128():
    return vae_mlp(128)


def vae_conv(batch=64):
    body = nn.Sequential(
        nn.Conv2d(1, 32, 4, 2, 1), nn.ReLU(), nn.Conv2d(32, 64, 4, 2, 1), nn.ReLU(), nn.Flatten())
    decoder = nn.Sequential(
        nn.Linear(20, 64 * 49), nn.Unflatten(1, (64, 7, 7)),
        nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(32, 1, 4, 2, 1))
    return variational_step(VAE(body, 64 * 49, decoder), batch)


def cnn(batch=64):
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 49, 128), nn.ReLU(), nn.Linear(128, 10))
    model = laid_out(model)
    optimizer = adam(model, lr=1e-3)
    data, labels = images(64 * 8), torch.arange(64 * 8) % 10
    state = {"at": 0}

    def step():
        x, y = (part[state["at"] : state["at"] + batch] for part in (data, labels))
        state["at"] = (state["at"] + batch) % len(data)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def sampling_step(generator, batch):
    generator = laid_out(generator).eval()

    def step():
        with torch.no_grad():
            return generator(torch.randn(batch, LATENT)).flatten()[0].item()

    return step


def sample_mlp(batch=64):
    return sampling_step(mlp([LATENT, 256, 512, 1024, 784], [nn.Tanh()]), batch)


def sample_mlp_1():
    return sample_mlp(1)


def sample_dcgan(batch=64):
    return sampling_step(convolutional_generator(), batch)


def sample_dcgan_1():
    return sample_dcgan(1)


WORKLOADS = {
    "gan-mlp": gan_mlp, "gan-mlp-bn": gan_mlp_bn, "vae-mlp": vae_mlp, "vae-mlp-128": vae_mlp_128, "dcgan": dcgan,
    "vae-conv": vae_conv, "cnn": cnn, "sample-mlp": sample_mlp, "sample-mlp-1": sample_mlp_1,
    "sample-dcgan": sample_dcgan, "sample-dcgan-1": sample_dcgan_1,
}
