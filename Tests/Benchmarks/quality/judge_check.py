# SPDX-License-Identifier: Apache-2.0
"""Measures samples with PyTorch and NumPy, and compares with what Easel says of them.

    EASEL_DATA=/path/to/mnist python judge_check.py [easel]

Easel writes its judge's weights and 2000 samples of a GAN; the judge is built again in PyTorch from the weights, and
every figure of `quality` is worked out from the definitions. Needs torch and numpy; takes about a minute.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import torch

PROGRAM = """
mnist = dataset("mnist"); test = dataset("mnist", split="test")
gan = GAN(normalize(mnist, 0.5, 0.5), z=64, cond=True, seed=0); step(gan, 600)
made = synth(gan, 2000) |> denormalize(0.5, 0.5)
j = judge(mnist); save(j, "{0}/judge.npz"); save(made, "{0}/samples.npz")
q = quality(made, 2000, judge=j)
print(f"FIGURES {{q.frechet}} {{q.kid}} {{q.precision}} {{q.recall}} {{q.density}} {{q.coverage}} {{q.class_kl}} {{q.confidence}}")
again = quality(made, 2000, judge=judge(mnist, weights="{0}/judge.npz"))
print(f"AGAIN {{again.frechet == q.frechet}}")
"""
NAMES = ["frechet", "kid", "precision", "recall", "density", "coverage", "class_kl", "confidence"]


def idx(name):
    folder = os.environ["EASEL_DATA"]
    path = os.path.join(folder, name)
    data = open(path, "rb").read() if os.path.exists(path) else gzip.open(path + ".gz", "rb").read()
    return np.frombuffer(data, np.uint8, offset=16 if "images" in name else 8)


def looked_at(judge, pixels):
    weights = {k: torch.from_numpy(np.array(judge[k])) for k in judge.files}
    x = torch.from_numpy(pixels.astype(np.float32)).reshape(-1, 1, 28, 28)
    with torch.no_grad():
        for name in ["0", "3"]:
            x = torch.conv2d(x, weights[name + ".weight"], weights[name + ".bias"], padding=1)
            x = torch.max_pool2d(x.relu(), 2)
        x = (x.flatten(1) @ weights["7.weight"].T + weights["7.bias"]).relu()
        logits = x @ weights["9.weight"].T + weights["9.bias"]
    return (x * float(judge["scale"])).double().numpy(), logits.softmax(1).double().numpy()


def frechet(a, b):
    means, (c1, c2) = a.mean(0) - b.mean(0), (np.cov(a, rowvar=False), np.cov(b, rowvar=False))
    w, v = np.linalg.eigh(c1)
    root = (v * np.sqrt(np.maximum(w, 0))) @ v.T
    overlap = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ c2 @ root), 0)).sum()
    return (means**2).sum() + np.trace(c1) + np.trace(c2) - 2 * overlap


def kernel_distance(a, b, block=1000):
    kernel = lambda x, y: (x @ y.T / x.shape[1] + 1) ** 3
    within = lambda x: (kernel(x, x).sum() - np.trace(kernel(x, x))) / (len(x) * (len(x) - 1))
    one = lambda x, y: within(x) + within(y) - 2 * kernel(x, y).mean()
    count = min(len(a), len(b)) // block
    return np.mean([one(a[i * block : (i + 1) * block], b[i * block : (i + 1) * block]) for i in range(count)])


def neighbourhoods(fake, real, k=5):
    squares = lambda x, y: torch.cdist(torch.from_numpy(x), torch.from_numpy(y)).numpy()
    radii = lambda x: np.sort(squares(x, x), axis=1)[:, k]
    d, inside_real = squares(fake, real), radii(real)
    inside = d <= inside_real[None, :]
    return [inside.any(1).mean(), (d <= radii(fake)[:, None]).any(0).mean(), inside.sum() / (k * len(fake)), inside.any(0).mean()]


def divergence(made, real, classes=10):
    p, q = (np.bincount(x, minlength=classes) / len(x) for x in (made, real))
    return sum(a * np.log(a / b) for a, b in zip(p, q) if a > 0)


def main():
    easel = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../../../.build/release/easel")
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program.easel")
        open(program, "w").write(PROGRAM.format(folder))
        out = subprocess.run([easel, "run", program], capture_output=True, text=True)
        said = [line for line in out.stdout.splitlines() if line.startswith(("FIGURES", "AGAIN"))]
        assert len(said) == 2, out.stdout[-2000:] + out.stderr[-2000:]
        easel_says = dict(zip(NAMES, map(float, said[0].split()[1:])))
        judge = np.load(os.path.join(folder, "judge.npz"))
        samples = np.load(os.path.join(folder, "samples.npz"))["images"]
    pixels = samples / (255 if samples.dtype == np.uint8 else 1)
    test, labels = idx("t10k-images-idx3-ubyte") / 255, idx("t10k-labels-idx1-ubyte")
    made, probabilities = looked_at(judge, pixels.reshape(-1, 784))
    real, answers = looked_at(judge, test.reshape(-1, 784))
    print(f"the judge is right on {(answers.argmax(1) == labels).mean():.4f} of the test images in PyTorch")
    torch_says = dict(
        zip(NAMES, [frechet(made, real), kernel_distance(made, real)] + neighbourhoods(made, real[: len(made)])
            + [divergence(probabilities.argmax(1), labels), probabilities.max(1).mean()]))
    for name in NAMES:
        ours, theirs = easel_says[name], torch_says[name]
        apart = abs(ours - theirs) / max(abs(theirs), 1e-9)
        print(f"{name:12} easel {ours:.6f}  PyTorch {theirs:.6f}  apart {apart:.1e}  {'ok' if apart <= 1e-3 else 'MISSED'}")
    print("the same figures with the weights read back:", said[1].split()[1])


if __name__ == "__main__":
    main()
