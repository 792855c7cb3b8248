# SPDX-License-Identifier: Apache-2.0
"""Runs the nets that Easel writes as .onnx files in onnxruntime, and compares with what Easel makes of the same input.

    EASEL_DATA=/path/to/mnist python onnx_check.py [easel]

Needs onnxruntime and numpy; takes some seconds.
"""

import os
import subprocess
import sys
import tempfile

import numpy as np
import onnxruntime

PROGRAM = """
mnist = dataset("mnist"); signed = normalize(mnist, 0.5, 0.5); x = dataset("mnist", split="test")[0:5].x
z = randn(5, 16); y = tensor([3, 1, 4, 1, 5]); small = downscale(tensor(x))
save(z, "{0}/z.npy"); save(y, "{0}/labels.npy"); save(x, "{0}/x.npy"); save(small, "{0}/small.npy")
def kept(name, t, made) {{ save(t, "{0}/" + name + ".onnx"); save(made, "{0}/" + name + ".npy") }}
gan = GAN(signed, z=16, seed=1); step(gan, 20); kept("generator", gan, gan.G(z).detach())
dcgan = GAN(signed, z=16, cond=True, arch="dcgan", seed=1); step(dcgan, 5)
with eval_mode(dcgan.G) {{ kept("conditional", dcgan, dcgan.G(z, y).detach()) }}
vae = VAE(mnist, z=16, recon="bce", cond=True, seed=1); step(vae, 20); kept("decoder", vae, vae.D(z, y).detach())
clf = Classifier(mnist, seed=1); step(clf, 50); kept("classifier", clf, clf.net(x).detach())
sr = SRGAN(mnist, seed=1); step(sr, 20); kept("enlarger", sr, sr.G(small).detach())
vib = VIB(mnist, z=8, hidden=64, seed=1); step(vib, 20)
save(vib.E, "{0}/encoder.onnx", input=1x28x28); save(vib.E(x).mu.detach(), "{0}/encoder.npy")
"""
INPUTS = dict(generator="z", conditional="z", decoder="z", classifier="x", enlarger="small", encoder="x")


def main():
    easel = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../../../.build/release/easel")
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program.easel")
        open(program, "w").write(PROGRAM.format(folder))
        out = subprocess.run([easel, "run", program], capture_output=True, text=True)
        assert out.returncode == 0, out.stderr
        read = lambda name: np.load(os.path.join(folder, name + ".npy"))
        for name, given in INPUTS.items():
            session = onnxruntime.InferenceSession(os.path.join(folder, name + ".onnx"))
            inputs = {i.name: read("labels") if i.name == "labels" else read(given) for i in session.get_inputs()}
            theirs, ours = session.run(None, inputs)[0], read(name)
            apart = np.abs(theirs - ours.reshape(theirs.shape)).max()
            print(f"{name:12} {list(theirs.shape)}  apart {apart:.1e}  {'ok' if apart <= 1e-5 else 'MISSED'}")


if __name__ == "__main__":
    main()
