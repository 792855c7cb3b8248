# SPDX-License-Identifier: Apache-2.0
"""The benchmark's workloads in JAX: each whole step is one jitted function with donated state."""

import functools
import math

import jax
import jax.numpy as jnp

LATENT = 100
BETAS_GAN = (0.5, 0.999)


def images(count):
    return jax.random.uniform(jax.random.PRNGKey(1), (count, 28, 28, 1), minval=-1.0, maxval=1.0)


def dense(key, inputs, outputs):
    bound = 1 / math.sqrt(inputs)
    weight_key, bias_key = jax.random.split(key)
    return {"w": jax.random.uniform(weight_key, (inputs, outputs), minval=-bound, maxval=bound),
            "b": jax.random.uniform(bias_key, (outputs,), minval=-bound, maxval=bound)}


def kernel(key, size, inputs, outputs):
    bound = 1 / math.sqrt(inputs * size * size)
    return {"w": jax.random.uniform(key, (size, size, inputs, outputs), minval=-bound, maxval=bound),
            "b": jnp.zeros(outputs)}


def layers(sizes, seed):
    keys = jax.random.split(jax.random.PRNGKey(seed), len(sizes))
    return [dense(key, *pair) for key, pair in zip(keys, zip(sizes, sizes[1:]))]


def linear(layer, x):
    return x @ layer["w"] + layer["b"]


def leaky(x):
    return jnp.where(x > 0, x, 0.2 * x)


def convolution(layer, x, stride=2):
    return jax.lax.conv_general_dilated(
        x, layer["w"], (stride, stride), [(1, 1), (1, 1)], dimension_numbers=("NHWC", "HWIO", "NHWC")) + layer["b"]


def transposed(layer, x):
    return jax.lax.conv_transpose(x, layer["w"], (2, 2), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")) + layer["b"]


def batch_norm(layer, x):
    axes = tuple(range(x.ndim - 1))
    return (x - x.mean(axes)) * jax.lax.rsqrt(x.var(axes) + 1e-5) * layer["w"] + layer["b"]


def scale(count):
    return {"w": jnp.ones(count), "b": jnp.zeros(count)}


def adam(parameters, gradients, state, rate, betas=(0.9, 0.999)):
    m, v, count = state
    count = count + 1
    m = jax.tree.map(lambda a, g: betas[0] * a + (1 - betas[0]) * g, m, gradients)
    v = jax.tree.map(lambda a, g: betas[1] * a + (1 - betas[1]) * g * g, v, gradients)
    step = rate * jnp.sqrt(1 - betas[1] ** count) / (1 - betas[0] ** count)
    return jax.tree.map(lambda p, a, b: p - step * a / (jnp.sqrt(b) + 1e-8), parameters, m, v), (m, v, count)


def fresh(parameters):
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    return (zeros, jax.tree.map(jnp.zeros_like, parameters), jnp.zeros(()))


def bce(logits, target):
    return jnp.mean(jnp.maximum(logits, 0) - logits * target + jnp.log1p(jnp.exp(-jnp.abs(logits))))


def driver(jitted, state, data, batch):
    """A step that feeds the next batch and reads the loss back, for JAX returns before it is done."""
    box = {"state": state, "key": jax.random.PRNGKey(7), "at": 0}

    def step():
        box["key"], key = jax.random.split(box["key"])
        box["state"], loss = jitted(box["state"], data[box["at"]], key)
        box["at"] = (box["at"] + 1) % len(data)
        return float(loss)

    return step


def adversarial(generate, discriminate, g, d, batch=64):
    def d_loss(d, real, fake):
        return bce(discriminate(d, real), 1.0) + bce(discriminate(d, fake), 0.0)

    @functools.partial(jax.jit, donate_argnums=0)
    def run(state, real, key):
        g, d, sg, sd = state
        z = jax.random.normal(key, (batch, LATENT))
        fake, pull = jax.vjp(lambda g: generate(g, z), g)
        loss, gradient = jax.value_and_grad(d_loss)(d, real, jax.lax.stop_gradient(fake))
        d, sd = adam(d, gradient, sd, 2e-4, BETAS_GAN)
        loss_g, through = jax.value_and_grad(lambda f: bce(discriminate(d, f), 1.0))(fake)
        g, sg = adam(g, pull(through)[0], sg, 2e-4, BETAS_GAN)
        return (g, d, sg, sd), loss + loss_g

    data = [images(64 * 8)[i * batch : (i + 1) * batch] for i in range(64 * 8 // batch)]
    return driver(run, (g, d, fresh(g), fresh(d)), data, batch)


def gan_mlp(normalised=False):
    def generate(g, z):
        for layer, norm in zip(g["layers"][:-1], g["norms"]):
            z = linear(layer, z)
            z = leaky(batch_norm(norm, z) if normalised else z)
        return jnp.tanh(linear(g["layers"][-1], z)).reshape(-1, 28, 28, 1)

    def discriminate(d, x):
        x = x.reshape(x.shape[0], -1)
        for layer in d[:-1]:
            x = leaky(linear(layer, x))
        return linear(d[-1], x)

    g = {"layers": layers([LATENT, 256, 512, 1024, 784], 1), "norms": [scale(n) for n in (256, 512, 1024)]}
    return adversarial(generate, discriminate, g, layers([784, 512, 256, 1], 2))


def gan_mlp_bn():
    return gan_mlp(normalised=True)


def dcgan():
    keys = jax.random.split(jax.random.PRNGKey(3), 6)
    g = {"in": dense(keys[0], LATENT, 7 * 7 * 128), "a": kernel(keys[1], 4, 128, 64), "n": scale(64),
         "b": kernel(keys[2], 4, 64, 1)}
    d = {"a": kernel(keys[3], 4, 1, 64), "b": kernel(keys[4], 4, 64, 128), "n": scale(128),
         "out": dense(keys[5], 128 * 49, 1)}

    def generate(g, z):
        x = linear(g["in"], z).reshape(-1, 7, 7, 128)
        return jnp.tanh(transposed(g["b"], jax.nn.relu(batch_norm(g["n"], transposed(g["a"], x)))))

    def discriminate(d, x):
        x = leaky(convolution(d["a"], x))
        x = leaky(batch_norm(d["n"], convolution(d["b"], x)))
        return linear(d["out"], x.reshape(x.shape[0], -1))

    return adversarial(generate, discriminate, g, d)


def variational(encode, decode, parameters, batch):
    def loss(p, x, key):
        hidden = encode(p, x)
        mean, log_variance = linear(p["mean"], hidden), linear(p["log_variance"], hidden)
        z = mean + jnp.exp(0.5 * log_variance) * jax.random.normal(key, mean.shape)
        error = jnp.sum((decode(p, z) - x) ** 2)
        return error - 0.5 * jnp.sum(1 + log_variance - mean**2 - jnp.exp(log_variance))

    @functools.partial(jax.jit, donate_argnums=0)
    def run(state, x, key):
        p, s = state
        value, gradient = jax.value_and_grad(loss)(p, x, key)
        p, s = adam(p, gradient, s, 1e-3)
        return (p, s), value

    data = [images(128 * 8)[i * batch : (i + 1) * batch] for i in range(8)]
    return driver(run, (parameters, fresh(parameters)), data, batch)


def vae_mlp(batch=64):
    keys = jax.random.split(jax.random.PRNGKey(4), 5)
    shapes = {"in": (784, 400), "mean": (400, 20), "log_variance": (400, 20), "up": (20, 400), "out": (400, 784)}
    p = {name: dense(key, *shape) for key, (name, shape) in zip(keys, shapes.items())}

    def encode(p, x):
        return jax.nn.relu(linear(p["in"], x.reshape(x.shape[0], -1)))

    def decode(p, z):
        return linear(p["out"], jax.nn.relu(linear(p["up"], z))).reshape(-1, 28, 28, 1)

    return variational(encode, decode, p, batch)


def vae_mlp_128():
    return vae_mlp(128)


def vae_conv(batch=64):
    keys = jax.random.split(jax.random.PRNGKey(5), 7)
    p = {"a": kernel(keys[0], 4, 1, 32), "b": kernel(keys[1], 4, 32, 64), "mean": dense(keys[2], 64 * 49, 20),
         "log_variance": dense(keys[3], 64 * 49, 20), "up": dense(keys[4], 20, 64 * 49),
         "c": kernel(keys[5], 4, 64, 32), "d": kernel(keys[6], 4, 32, 1)}

    def encode(p, x):
        x = jax.nn.relu(convolution(p["b"], jax.nn.relu(convolution(p["a"], x))))
        return x.reshape(x.shape[0], -1)

    def decode(p, z):
        x = linear(p["up"], z).reshape(-1, 7, 7, 64)
        return transposed(p["d"], jax.nn.relu(transposed(p["c"], x)))

    return variational(encode, decode, p, batch)


def cnn(batch=64):
    keys = jax.random.split(jax.random.PRNGKey(6), 4)
    p = {"a": kernel(keys[0], 3, 1, 32), "b": kernel(keys[1], 3, 32, 64), "c": dense(keys[2], 64 * 49, 128),
         "d": dense(keys[3], 128, 10)}

    def pool(x):
        return jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")

    def loss(p, x, labels):
        x = pool(jax.nn.relu(convolution(p["a"], x, 1)))
        x = pool(jax.nn.relu(convolution(p["b"], x, 1)))
        logits = linear(p["d"], jax.nn.relu(linear(p["c"], x.reshape(x.shape[0], -1))))
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], axis=1))

    labels = jnp.arange(batch) % 10

    @functools.partial(jax.jit, donate_argnums=0)
    def run(state, x, key):
        p, s = state
        value, gradient = jax.value_and_grad(loss)(p, x, labels)
        p, s = adam(p, gradient, s, 1e-3)
        return (p, s), value

    data = [images(64 * 8)[i * batch : (i + 1) * batch] for i in range(8)]
    return driver(run, (p, fresh(p)), data, batch)


def sample_mlp(batch=64):
    g = layers([LATENT, 256, 512, 1024, 784], 1)

    @jax.jit
    def run(g, key):
        z = jax.random.normal(key, (batch, LATENT))
        for layer in g[:-1]:
            z = leaky(linear(layer, z))
        return jnp.tanh(linear(g[-1], z))

    box = {"key": jax.random.PRNGKey(7)}

    def step():
        box["key"], key = jax.random.split(box["key"])
        return float(run(g, key)[0, 0])

    return step


def sample_mlp_1():
    return sample_mlp(1)


def sample_dcgan(batch=64):
    keys = jax.random.split(jax.random.PRNGKey(3), 3)
    g = {"in": dense(keys[0], LATENT, 7 * 7 * 128), "a": kernel(keys[1], 4, 128, 64), "n": scale(64),
         "b": kernel(keys[2], 4, 64, 1), "mean": jnp.zeros(64), "variance": jnp.ones(64)}

    @jax.jit
    def run(g, key):
        x = linear(g["in"], jax.random.normal(key, (batch, LATENT))).reshape(-1, 7, 7, 128)
        x = (transposed(g["a"], x) - g["mean"]) * jax.lax.rsqrt(g["variance"] + 1e-5) * g["n"]["w"] + g["n"]["b"]
        return jnp.tanh(transposed(g["b"], jax.nn.relu(x)))

    box = {"key": jax.random.PRNGKey(7)}

    def step():
        box["key"], key = jax.random.split(box["key"])
        return float(run(g, key)[0, 0, 0, 0])

    return step


def sample_dcgan_1():
    return sample_dcgan(1)


WORKLOADS = {
    "gan-mlp": gan_mlp, "gan-mlp-bn": gan_mlp_bn, "vae-mlp": vae_mlp, "vae-mlp-128": vae_mlp_128, "dcgan": dcgan,
    "vae-conv": vae_conv, "cnn": cnn, "sample-mlp": sample_mlp, "sample-mlp-1": sample_mlp_1,
    "sample-dcgan": sample_dcgan, "sample-dcgan-1": sample_dcgan_1,
}
