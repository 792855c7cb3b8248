# SPDX-License-Identifier: Apache-2.0
"""Writes reference.npz: two sets of vectors and what NumPy says of them. Run with NumPy 2; needs nothing else."""

import sys

import numpy as np


def frechet(a, b):
    m1, m2 = a.mean(0), b.mean(0)
    c1, c2 = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    w, v = np.linalg.eigh(c1)
    root = (v * np.sqrt(np.maximum(w, 0))) @ v.T
    overlap = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ c2 @ root), 0)).sum()
    return ((m1 - m2) ** 2).sum() + np.trace(c1) + np.trace(c2) - 2 * overlap


def kid(a, b):
    d, n = a.shape[1], len(a)
    kernel = lambda x, y: (x @ y.T / d + 1) ** 3
    xx, yy, xy = kernel(a, a), kernel(b, b), kernel(a, b)
    within = (xx.sum() - np.trace(xx) + yy.sum() - np.trace(yy)) / (n * (n - 1))
    return within - 2 * xy.mean()


def neighbourhoods(fake, real, k):
    distance = lambda x, y: ((x[:, None, :] - y[None, :, :]) ** 2).sum(-1)
    radii = lambda x: np.sort(distance(x, x), axis=1)[:, k]
    d, rr, rf = distance(fake, real), radii(real), radii(fake)
    inside = d <= rr[None, :]
    return [
        inside.any(1).mean(), (d <= rf[:, None]).any(0).mean(), inside.sum() / (k * len(fake)), inside.any(0).mean()
    ]


def ssim(x, y):
    g = np.exp(-((np.arange(11) - 5) ** 2) / (2 * 1.5**2))
    w = np.outer(g, g) / g.sum() ** 2
    c1, c2 = 0.01**2, 0.03**2
    values = []
    for i in range(x.shape[0] - 10):
        for j in range(x.shape[1] - 10):
            p, q = x[i : i + 11, j : j + 11], y[i : i + 11, j : j + 11]
            mx, my = (w * p).sum(), (w * q).sum()
            vx, vy, c = (w * p * p).sum() - mx * mx, (w * q * q).sum() - my * my, (w * p * q).sum() - mx * my
            values.append((2 * mx * my + c1) * (2 * c + c2) / ((mx**2 + my**2 + c1) * (vx + vy + c2)))
    return np.mean(values)


rng = np.random.default_rng(20260722)
mix = rng.normal(size=(16, 16)) / 4
real = (rng.normal(size=(400, 16)) @ mix).astype(np.float32)
fake = (0.7 * rng.normal(size=(400, 16)) @ mix + 0.1).astype(np.float32)
x = rng.random((28, 28)).astype(np.float32)
y = np.clip(x + 0.2 * rng.normal(size=(28, 28)), 0, 1).astype(np.float32)
r, f = real.astype(np.float64), fake.astype(np.float64)
np.savez(
    sys.argv[1] if len(sys.argv) > 1 else "reference.npz",
    real=real, fake=fake, x=x, y=y, frechet=frechet(f, r), kid=kid(f, r), neighbourhoods=neighbourhoods(f, r, 5),
    ssim=ssim(x.astype(np.float64), y.astype(np.float64)),
    psnr=10 * np.log10(1 / ((x.astype(np.float64) - y) ** 2).mean()))
