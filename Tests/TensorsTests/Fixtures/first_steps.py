# SPDX-License-Identifier: Apache-2.0
"""Records the losses of the first five steps of each workload in PyTorch, from the same weights, images and noise.

    python first_steps.py        writes first_steps.json beside it (recorded with torch 2.15.0)

Weights are not stored: both sides draw them from the counter-based generator, which this script has again in NumPy.
They are single precision, but the steps are computed in double: PyTorch's own losses in single precision lie up to
4e-5 beside these for dcgan (oneDNN's convolutions), further than what is to be checked.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def mixed(value):
    """The finalizer of SplitMix64."""
    z = (value + 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ z >> 27) * 0x94D049BB133111EB % 2**64
    return z ^ z >> 31


class Stream:
    """Philox 4x32-10: a block is 16 counters of 4 words; number 16 w + c of it is word w of counter c."""

    def __init__(self, seed):
        self.key = mixed(seed ^ mixed(0))
        self.block = 0

    def uniform(self, *shape):
        count = int(np.prod(shape))
        blocks = -(-count // 64)
        counters = np.arange(self.block * 16, (self.block + blocks) * 16, dtype=np.uint64)
        self.block += blocks
        words = self.words(counters).reshape(4, blocks, 16).transpose(1, 0, 2).reshape(-1)[:count]
        return torch.from_numpy((words >> 8).astype(np.float32) * np.float32(2**-24)).reshape(shape).double()

    def words(self, counters):
        low = np.uint64(0xFFFFFFFF)
        half = np.uint64(32)
        c = [counters & low, counters >> half, np.zeros_like(counters), np.zeros_like(counters)]
        k = [self.key & 0xFFFFFFFF, self.key >> 32]
        for _ in range(10):
            a, b = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
            c = [(b >> half) ^ c[1] ^ np.uint64(k[0]), b & low, (a >> half) ^ c[3] ^ np.uint64(k[1]), a & low]
            k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
        return np.stack(c)


class Net:
    """Weights by name, drawn in the order in which they are asked for, and Adam."""

    def __init__(self, stream):
        self.stream = stream
        self.values = []

    def weight(self, fan, *shape):
        return self.keep(((self.stream.uniform(*shape) - 0.5).float() * (2 / fan**0.5)).double())

    def zeros(self, n):
        return self.keep(torch.zeros(n))

    def ones(self, n):
        return self.keep(torch.ones(n))

    def keep(self, x):
        self.values.append(x.requires_grad_(True))
        return self.values[-1]

    def adam(self, lr, beta1):
        return torch.optim.Adam(self.values, lr=lr, betas=(beta1, 0.999))


def dense(net, sizes):
    return [(net.weight(a, b, a), net.zeros(b)) for a, b in zip(sizes, sizes[1:])]


def run_dense(layers, x, inner, last=None):
    for i, (w, b) in enumerate(layers):
        x = F.linear(x, w, b)
        if i < len(layers) - 1:
            x = inner(x)
    return last(x) if last else x


def leaky(x):
    return F.leaky_relu(x, 0.2)


def adversarial(stream, generate, discriminate, G, D, real, latent):
    opt_G, opt_D = G.adam(2e-4, 0.5), D.adam(2e-4, 0.5)
    ones, zeros = torch.ones(64, 1), torch.zeros(64, 1)
    bce = F.binary_cross_entropy_with_logits
    losses = []
    for _ in range(5):
        fake = generate((stream.uniform(64, latent) - 0.5) * 3.5)
        errD = bce(discriminate(real), ones) + bce(discriminate(fake.detach()), zeros)
        opt_D.zero_grad()
        errD.backward()
        opt_D.step()
        errG = bce(discriminate(fake), ones)
        opt_G.zero_grad()
        errG.backward()
        opt_G.step()
        losses += [errD.item(), errG.item()]
    return losses


def gan_mlp():
    stream = Stream(1)
    G, D = Net(stream), Net(stream)
    g = dense(G, [100, 256, 512, 1024, 784])
    d = dense(D, [784, 512, 256, 1])
    real = stream.uniform(64, 784) * 2 - 1
    return adversarial(stream, lambda z: run_dense(g, z, leaky, torch.tanh), lambda x: run_dense(d, x, leaky), G, D,
                       real, 100)


def gan_mlp_bn():
    stream = Stream(5)
    G, D = Net(stream), Net(stream)
    g = dense(G, [100, 256, 512, 1024, 784])
    norms = [(G.ones(n), G.zeros(n)) for n in (256, 512, 1024)]
    d = dense(D, [784, 512, 256, 1])
    real = stream.uniform(64, 784) * 2 - 1

    def generate(x):
        for (w, b), (scale, shift) in zip(g, norms):
            x = leaky(F.batch_norm(F.linear(x, w, b), None, None, scale, shift, True))
        return torch.tanh(F.linear(x, *g[-1]))

    return adversarial(stream, generate, lambda x: run_dense(d, x, leaky), G, D, real, 100)


def variational(stream, net, encode, decode, real):
    optimizer = net.adam(1e-3, 0.9)
    losses = []
    for _ in range(5):
        mu, logvar = encode(real)
        z = mu + torch.exp(logvar * 0.5) * ((stream.uniform(len(real), 20) - 0.5) * 3.5)
        loss = F.mse_loss(decode(z), real, reduction="sum") + 0.5 * (logvar.exp() + mu * mu - 1 - logvar).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def dense_vae(seed, batch):
    stream = Stream(seed)
    net = Net(stream)
    body, mean, variance = dense(net, [784, 400]), dense(net, [400, 20]), dense(net, [400, 20])
    decoder = dense(net, [20, 400, 784])
    real = stream.uniform(batch, 784) * 2 - 1

    def encode(x):
        h = run_dense(body, x, None, torch.relu)
        return run_dense(mean, h, None), run_dense(variance, h, None)

    return variational(stream, net, encode, lambda z: run_dense(decoder, z, torch.relu), real)


def vae_mlp():
    return dense_vae(2, 64)


def vae_mlp_128():
    return dense_vae(6, 128)


def vae_conv():
    stream = Stream(7)
    net = Net(stream)
    e1, e1b = net.weight(16, 32, 1, 4, 4), net.zeros(32)
    e2, e2b = net.weight(512, 64, 32, 4, 4), net.zeros(64)
    mean, variance, start = dense(net, [3136, 20]), dense(net, [3136, 20]), dense(net, [20, 3136])
    d1, d1b = net.weight(256, 64, 32, 4, 4), net.zeros(32)
    d2, d2b = net.weight(128, 32, 1, 4, 4), net.zeros(1)
    real = stream.uniform(64, 1, 28, 28) * 2 - 1

    def encode(x):
        x = torch.relu(F.conv2d(x, e1, e1b, 2, 1))
        h = torch.relu(F.conv2d(x, e2, e2b, 2, 1)).flatten(1)
        return run_dense(mean, h, None), run_dense(variance, h, None)

    def decode(z):
        x = run_dense(start, z, None).reshape(64, 64, 7, 7)
        return F.conv_transpose2d(torch.relu(F.conv_transpose2d(x, d1, d1b, 2, 1)), d2, d2b, 2, 1)

    return variational(stream, net, encode, decode, real)


def dcgan():
    stream = Stream(3)
    G, D = Net(stream), Net(stream)
    gl, gb = G.weight(100, 6272, 100), G.zeros(6272)
    g1, g1b, gs, gt = G.weight(512, 128, 64, 4, 4), G.zeros(64), G.ones(64), G.zeros(64)
    g2, g2b = G.weight(256, 64, 1, 4, 4), G.zeros(1)
    d1, d1b = D.weight(16, 64, 1, 4, 4), D.zeros(64)
    d2, d2b, ds, dt = D.weight(1024, 128, 64, 4, 4), D.zeros(128), D.ones(128), D.zeros(128)
    dl, db = D.weight(6272, 1, 6272), D.zeros(1)
    real = stream.uniform(64, 1, 28, 28) * 2 - 1

    def generate(z):
        x = F.linear(z, gl, gb).reshape(64, 128, 7, 7)
        x = F.conv_transpose2d(x, g1, g1b, 2, 1)
        x = torch.relu(F.batch_norm(x, None, None, gs, gt, True))
        return torch.tanh(F.conv_transpose2d(x, g2, g2b, 2, 1))

    def discriminate(x):
        x = leaky(F.conv2d(x, d1, d1b, 2, 1))
        x = leaky(F.batch_norm(F.conv2d(x, d2, d2b, 2, 1), None, None, ds, dt, True))
        return F.linear(x.flatten(1), dl, db)

    return adversarial(stream, generate, discriminate, G, D, real, 100)


def cnn():
    stream = Stream(4)
    net = Net(stream)
    c1, b1 = net.weight(9, 32, 1, 3, 3), net.zeros(32)
    c2, b2 = net.weight(288, 64, 32, 3, 3), net.zeros(64)
    l1, b3 = net.weight(3136, 128, 3136), net.zeros(128)
    l2, b4 = net.weight(128, 10, 128), net.zeros(10)
    real = stream.uniform(64, 1, 28, 28) * 2 - 1
    labels = torch.arange(64) % 10
    optimizer = net.adam(1e-3, 0.9)
    losses = []
    for _ in range(5):
        x = F.max_pool2d(torch.relu(F.conv2d(real, c1, b1, 1, 1)), 2)
        x = F.max_pool2d(torch.relu(F.conv2d(x, c2, b2, 1, 1)), 2)
        loss = F.cross_entropy(F.linear(torch.relu(F.linear(x.flatten(1), l1, b3)), l2, b4), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


losses = {f.__name__.replace("_", "-"): f() 
          for f in (gan_mlp, gan_mlp_bn, vae_mlp, vae_mlp_128, dcgan, vae_conv, cnn)}
out = {"made_by": f"first_steps.py, torch {torch.__version__}", "losses": losses}
path = pathlib.Path(__file__).parent / "first_steps.json"
path.write_text(json.dumps(out, indent=1, allow_nan=False) + "\n")
print(out)
