# SPDX-License-Identifier: Apache-2.0
"""Trains PyTorch's example VAE for a while and asks Easel for the test loss of its weights.

    EASEL_DATA=/path/to/mnist python weights_check.py [easel]

The weights go over as .safetensors under PyTorch's names. Needs torch, numpy and safetensors; takes some seconds.
"""

import gzip
import os
import subprocess
import sys
import tempfile

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

PROGRAM = """
test = dataset("mnist", split="test")
def forward(m, x) {{
  h = relu(m.fc1(x.reshape(-1, 784))); mu = m.fc21(h); logvar = m.fc22(h)
  y = m.fc4(relu(m.fc3(mu)))
  bce_logits(y, x.reshape(-1, 784), reduction="sum") + kl_normal(mu, logvar)
}}
net = Module(forward, fc1=Linear(784, 400), fc21=Linear(400, 20), fc22=Linear(400, 20), fc3=Linear(20, 400), fc4=Linear(400, 784))
filled = load("{0}", into=net)
with no_grad() {{ print(f"LOSS {{net(test.x).item() / 10000:.6f}}") }}
"""


class Example(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20)
        self.fc3, self.fc4 = nn.Linear(20, 400), nn.Linear(400, 784)

    def forward(self, x, draws):
        h = self.fc1(x).relu()
        mu, logvar = self.fc21(h), self.fc22(h)
        z = mu + torch.exp(0.5 * logvar) * torch.randn_like(mu) if draws else mu
        y = self.fc4(self.fc3(z).relu())
        divergence = -0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())
        return F.binary_cross_entropy_with_logits(y, x, reduction="sum") + divergence


def images(name):
    path = os.path.join(os.environ["EASEL_DATA"], name)
    data = open(path, "rb").read() if os.path.exists(path) else gzip.open(path + ".gz", "rb").read()
    return torch.from_numpy(np.frombuffer(data, np.uint8, offset=16).copy()).float().reshape(-1, 784) / 255


def main():
    easel = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../../../.build/release/easel")
    torch.manual_seed(0)
    model, train, test = Example(), images("train-images-idx3-ubyte"), images("t10k-images-idx3-ubyte")
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    for step in range(200):
        optimizer.zero_grad()
        model(train[step * 128 : (step + 1) * 128], True).backward()
        optimizer.step()
    with torch.no_grad():
        theirs = (model(test, False) / 10000).item()
    with tempfile.TemporaryDirectory() as folder:
        weights, program = os.path.join(folder, "vae.safetensors"), os.path.join(folder, "program.easel")
        save_file(model.state_dict(), weights)
        open(program, "w").write(PROGRAM.format(weights))
        out = subprocess.run([easel, "run", program], capture_output=True, text=True)
    ours = float(next(line.split()[1] for line in out.stdout.splitlines() if line.startswith("LOSS")))
    apart = abs(ours - theirs) / theirs
    print(f"test loss, codes at their means: PyTorch {theirs:.6f}  easel {ours:.6f}  {'ok' if apart <= 1e-3 else 'MISSED'}")


if __name__ == "__main__":
    main()
