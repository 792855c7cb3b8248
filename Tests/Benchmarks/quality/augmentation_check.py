# SPDX-License-Identifier: Apache-2.0
"""Trains the perceptron GAN on 500 images in PyTorch, with D's input as it is and shifted and cut, and has Easel judge.

    EASEL_DATA=/path/to/mnist python augmentation_check.py [easel]

With these nets the augmentation makes G collapse there too: few.easel shows the same. Needs torch and numpy; takes two
minutes.
"""

import gzip
import os
import subprocess
import sys
import tempfile

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

STEPS, BATCH, LATENT, PER_CLASS = 3000, 64, 64, 50
PROGRAM = """
for name in ["plain", "augmented"] {{
  images = load("{0}/" + name + ".npz")["images"]
  q = quality(images, 2000, judge=judge(dataset("mnist")))
  print(f"{{name}}: frechet {{q.frechet:.1f}} precision {{q.precision:.2f}} recall {{q.recall:.3f}} class_kl {{q.class_kl:.2f}} modes {{q.modes}}")
}}
"""


def idx(name):
    path = os.path.join(os.environ["EASEL_DATA"], name)
    data = open(path, "rb").read() if os.path.exists(path) else gzip.open(path + ".gz", "rb").read()
    return np.frombuffer(data, np.uint8, offset=16 if "images" in name else 8)


def few_images():
    pixels, labels = idx("train-images-idx3-ubyte").reshape(-1, 1, 28, 28), idx("train-labels-idx1-ubyte")
    order = np.random.default_rng(0)
    chosen = np.concatenate([order.permutation(np.where(labels == c)[0])[:PER_CLASS] for c in range(10)])
    return torch.from_numpy(pixels[chosen].astype(np.float32) / 127.5 - 1)


def shifted_and_cut(x, reach=3, size=8):
    """Each image shifted by up to three pixels, then a square of eight made background, which is -1."""
    count, image = len(x), torch.arange(len(x))[:, None, None]
    down, right = (torch.randint(0, 2 * reach + 1, (count, 1, 1)) for _ in range(2))
    rows, columns = torch.arange(28)[None, :, None], torch.arange(28)[None, None, :]
    x = F.pad(x + 1, (reach,) * 4)[image, 0, rows + down, columns + right][:, None] - 1
    top, left = (torch.randint(0, 28 - size + 1, (count, 1, 1)) for _ in range(2))
    blank = (rows >= top) & (rows < top + size) & (columns >= left) & (columns < left + size)
    return torch.where(blank[:, None], torch.tensor(-1.0), x)


def samples(images, seen):
    torch.manual_seed(0)
    leaky = nn.LeakyReLU(0.2)
    g = nn.Sequential(
        nn.Linear(LATENT, 256), leaky, nn.Linear(256, 512), leaky, nn.Linear(512, 784), nn.Tanh(),
        nn.Unflatten(1, (1, 28, 28)))
    d = nn.Sequential(nn.Flatten(), nn.Linear(784, 512), leaky, nn.Linear(512, 256), leaky, nn.Linear(256, 1))
    of_g, of_d = (torch.optim.Adam(net.parameters(), 2e-4, (0.5, 0.999)) for net in (g, d))
    one, zero = torch.ones(BATCH, 1), torch.zeros(BATCH, 1)
    loss = F.binary_cross_entropy_with_logits
    order, at = torch.randperm(len(images)), 0
    for _ in range(STEPS):
        if at + BATCH > len(images):
            order, at = torch.randperm(len(images)), 0
        real, fake = images[order[at : at + BATCH]], g(torch.randn(BATCH, LATENT))
        at += BATCH
        of_d.zero_grad()
        (loss(d(seen(real)), one) + loss(d(seen(fake.detach())), zero)).backward()
        of_d.step()
        of_g.zero_grad()
        loss(d(seen(fake)), one).backward()
        of_g.step()
    with torch.no_grad():
        return (g(torch.randn(2000, LATENT)) + 1) / 2


def main():
    easel = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../../../.build/release/easel")
    images = few_images()
    with tempfile.TemporaryDirectory() as folder:
        for name, seen in [("plain", lambda x: x), ("augmented", shifted_and_cut)]:
            np.savez(os.path.join(folder, name + ".npz"), images=samples(images, seen).numpy())
        program = os.path.join(folder, "judge.easel")
        open(program, "w").write(PROGRAM.format(folder))
        out = subprocess.run([easel, "run", program], capture_output=True, text=True, check=True)
        print("\n".join(line for line in out.stdout.splitlines() if "frechet" in line))


if __name__ == "__main__":
    main()
