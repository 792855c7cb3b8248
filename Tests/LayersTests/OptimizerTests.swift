// SPDX-License-Identifier: Apache-2.0
import Layers
import Tensors
import Testing

@Suite struct OptimizerTests {
  @Test("Optimizers take PyTorch's steps and keep PyTorch's state, a missing gradient included")
  func matchesPyTorch() throws {
    let recording = try Recording<OptimizerCase>("optimizers.json")
    #expect(recording.cases.count >= 9, "the recording is not whole")
    for recorded in recording.cases {
      let parameters = try recorded.start.enumerated().map { try Parameter("p\($0)", $1.tensor()) }
      let optimizer = try build(recorded.name, parameters)
      for (step, gradients) in recorded.gradients.enumerated() {
        optimizer.zeroGradients()
        for (parameter, gradient) in zip(parameters, gradients) {
          if let gradient { try parameter.replaceGradient(with: gradient.tensor()) }
        }
        try optimizer.step()
        for (parameter, expected) in zip(parameters, recorded.values[step]) {
          #expect(isClose(parameter.value, expected, tolerance: 2e-6), "\(recorded.name), step \(step)")
        }
      }
      for (name, tensor) in optimizer.state.tensors {
        guard let expected = recorded.state[name] else {
          #expect(name.hasSuffix(".step"), "\(recorded.name): PyTorch has no \(name)")
          continue
        }
        #expect(isClose(tensor, expected, tolerance: 2e-6), "\(recorded.name): \(name)")
      }
      #expect(Set(recorded.state.keys).isSubset(of: optimizer.state.tensors.map(\.name)))
    }
  }

  private func build(_ name: String, _ parameters: [Parameter]) throws -> any Optimizer {
    switch name {
    case "sgd": try SGD(parameters, learningRate: 0.1)
    case "sgd-momentum": try SGD(parameters, learningRate: 0.1, momentum: 0.9)
    case "sgd-nesterov-decay":
      try SGD(parameters, learningRate: 0.05, momentum: 0.8, weightDecay: 0.1, nesterov: true)
    case "adam-gan": try Adam(parameters, learningRate: 2e-4, betas: (0.5, 0.999))
    case "adam-decay": try Adam(parameters, learningRate: 1e-2, weightDecay: 0.1)
    case "adamw": try Adam(parameters, learningRate: 1e-2, weightDecay: 0.1, decoupled: true)
    case "rmsprop": try RMSprop(parameters, learningRate: 1e-2)
    case "rmsprop-alpha": try RMSprop(parameters, learningRate: 5e-5, alpha: 0.9)
    default: try Adam(parameters, learningRate: 1e-2)
    }
  }

  /// Four ways down the same bowl.
  static let makers: [@Sendable ([Parameter]) throws -> any Optimizer] = [
    { try SGD($0, learningRate: 0.05, momentum: 0.9) },
    { try Adam($0, learningRate: 0.1) },
    { try Adam($0, learningRate: 0.1, weightDecay: 1e-4, decoupled: true) },
    { try RMSprop($0, learningRate: 0.02) },
  ]

  @Test("Each optimizer finds the bottom of a bowl", arguments: makers.indices)
  func converges(index: Int) throws {
    let target = try Tensor([1, -2, 3], shape: [3])
    let parameter = try Parameter("x", .zeros([3]))
    let optimizer = try Self.makers[index]([parameter])
    for _ in 0..<300 {
      optimizer.zeroGradients()
      try backward(meanSquaredError(parameter.value, target))
      try optimizer.step()
    }
    #expect(try meanSquaredError(parameter.value.detached(), target).item() < 1e-3, "\(optimizer.typeName)")
    #expect(optimizer.stepsTaken == 300)
  }

  @Test("A restored optimizer goes on with the same bits", arguments: makers.indices)
  func restores(index: Int) throws {
    func run(_ parameter: Parameter, _ optimizer: any Optimizer, steps: Int) throws {
      for step in 0..<steps {
        try parameter.replaceGradient(with: Tensor([Float(step) - 3, 0.5], shape: [2]))
        try optimizer.step()
      }
    }
    let parameter = try Parameter("x", .ones([2]))
    let optimizer = try Self.makers[index]([parameter])
    try run(parameter, optimizer, steps: 5)
    let copy = try Parameter("x", parameter.value.detached())
    let second = try Self.makers[index]([copy])
    try second.restore(optimizer.state)
    try run(parameter, optimizer, steps: 5)
    try run(copy, second, steps: 5)
    #expect(copy.value.scalars() == parameter.value.scalars())
  }

  @Test("The state of another kind of optimizer, or for another shape, is refused")
  func refusesForeignState() throws {
    let small = try Parameter("x", .ones([2]))
    let large = try Parameter("x", .ones([3]))
    let adam = try Adam([small])
    try small.replaceGradient(with: .ones([2]))
    try adam.step()
    let sgd = try SGD([small], learningRate: 0.1)
    let other = try Adam([large])
    #expect(throws: LayerError.self) { try sgd.restore(adam.state) }
    #expect(throws: LayerError.self) { try other.restore(adam.state) }
  }

  @Test("Settings out of range are refused, and unknown ones are named")
  func settings() throws {
    let parameter = try Parameter("x", .ones([2]))
    #expect(throws: LayerError.self) { try Adam([parameter], learningRate: -1) }
    #expect(throws: LayerError.self) { try Adam([parameter], betas: (1, 0.999)) }
    #expect(throws: LayerError.self) { try SGD([parameter], learningRate: .nan) }
    let adam = try Adam([parameter])
    let error = #expect(throws: LayerError.self) { try adam.set("lrr", to: 1) }
    #expect(error?.description == "Adam: lrr is 1, needs one of lr, betas.0, betas.1, eps, weight_decay")
  }

  @Test("Clipping shortens long gradients to the norm asked for and leaves short ones alone")
  func clipping() throws {
    let parameters = [try Parameter("a", .ones([2])), try Parameter("b", .ones([1]))]
    try parameters[0].replaceGradient(with: Tensor([3, 0], shape: [2]))
    try parameters[1].replaceGradient(with: Tensor([4], shape: [1]))
    #expect(try clipGradients(of: parameters, toNorm: 1) == 5)
    #expect(try abs(gradientNorm(of: parameters) - 1) < 1e-5)
    let before = parameters.map { $0.gradient?.scalars() }
    try clipGradients(of: parameters, toNorm: 10)
    #expect(parameters.map { $0.gradient?.scalars() } == before)
  }

  @Test("Schedules start at the rate, and go where they should")
  func schedules() throws {
    let parameter = try Parameter("x", .ones([1]))
    let optimizer = try SGD([parameter], learningRate: 0.1)
    let rate = ScheduledRate(optimizer, .cosine(steps: 4, minimum: 0))
    var rates: [Double] = [optimizer.learningRate]
    for _ in 0..<5 {
      try parameter.replaceGradient(with: .ones([1]))
      try optimizer.step()
      rate.update()
      rates.append(optimizer.learningRate)
    }
    // Half a cosine from 0.1 to 0 in four steps, as torch's CosineAnnealingLR gives.
    for (found, expected) in zip(rates, [0.1, 0.0853553, 0.05, 0.0146447, 0, 0]) {
      #expect(abs(found - expected) < 1e-7)
    }
    #expect(Schedule.staircase(every: 10, factor: 0.5).factor(at: 25) == 0.25)
    #expect(Schedule.warmup(steps: 4).factor(at: 1) == 0.5)
  }

  @Test("The moving average of weights follows them, and lends itself out without changing them")
  func average() throws {
    let parameter = try Parameter("x", .zeros([1]))
    let average = try AverageOfWeights(of: [parameter], decay: 0.5)
    try parameter.set(.ones([1]))
    try average.update()
    try average.update()
    #expect(average.averages[0].scalars() == [0.75])
    try average.withAverages { #expect(parameter.value.scalars() == [0.75]) }
    #expect(parameter.value.scalars() == [1])
  }

  @Test("An average that knows how many steps there were does not hold on to the weights drawn at the start")
  func averageWarmUp() throws {
    let parameter = try Parameter("x", .zeros([1]))
    let average = try AverageOfWeights(of: [parameter], decay: 0.999)
    try parameter.set(.ones([1]))
    // What is left of the start: 2/11 · 3/12 · 4/13 after three steps.
    for step in 1...3 { try average.update(afterSteps: step) }
    #expect(abs(average.averages[0].scalars()[0] - (1 - 24 / 1716)) < 1e-6)
    try parameter.set(.zeros([1]))
    let before = average.averages[0].scalars()[0]
    try average.update(afterSteps: 1_000_000)
    #expect(abs(average.averages[0].scalars()[0] - before * 0.999) < 1e-6, "later on the decay is its own")
  }
}
