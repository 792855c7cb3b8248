// SPDX-License-Identifier: Apache-2.0
import Tensors

extension GANTrainer {
  /// How far the critic's slope is from 1 between real and generated examples: mean (‖∇s(x̂)‖ − 1)².
  ///
  /// x̂ lies at a random place on the line between a real and a generated example. The slope is part of the graph, so
  /// the penalty can be differentiated again. Gulrajani et al. 2017, arXiv:1704.00028.
  func interpolationPenalty(real: Tensor, fake: Tensor, labels: Tensor?) throws(TrainerError) -> Tensor {
    let between: Tensor = try raising {
      let ones = Array(repeating: 1, count: real.rank - 1)
      let share = try state.streams.noise.uniform(Shape([real.shape[0]] + ones))
      return try (real * share + fake * (1 - share)).requiringGradient(label: "x̂")
    }
    let judgement = try judge(between, labels, isWatched: true)
    return try raising {
      let slopes = try gradient(of: sum(judgement.score.value), withRespectTo: [between], createGraph: true)[0]
      let rows = try slopes.reshaped(to: [real.shape[0], -1])
      // The root has no slope at zero: the smallest number keeps it finite there.
      let lengths = try sqrt(sum(rows * rows, alongAxis: 1) + 1e-12)
      return try mean((lengths - 1) * (lengths - 1))
    }
  }
}
