// SPDX-License-Identifier: Apache-2.0
import CProcessor

/// The kernels of one convolution, shared out over the threads by images.
struct ConvolutionRunner {
  let geometry: ConvolutionGeometry

  init(_ geometry: ConvolutionGeometry) { self.geometry = geometry }

  /// From image to map: map = activation(convolution + bias).
  func map(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, _ activation: Activation = .identity
  ) throws(TensorError) -> Tensor {
    try run(x, weight, bias, activation, into: geometry.map, .convolving)
  }

  /// From map to image: image = activation(transposed convolution + bias).
  func image(
    _ map: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, _ activation: Activation = .identity
  ) throws(TensorError) -> Tensor {
    try run(map, weight, bias, activation, into: geometry.image, .painting)
  }

  /// From image and map to weight.
  func weight(_ x: Tensor, _ map: Tensor) throws(TensorError) -> Tensor {
    if geometry.batch == 0 || geometry.multiplications == 0 { return try .zeros(geometry.weight) }
    var shape = geometry.kernelShape
    // Twice: the map may share the elements of the images and have put them in another order.
    for _ in 0..<2 {
      shape.hasPixels.image = x.pixelOrder != nil
      shape.hasPixels.map = map.pixelOrder != nil
    }
    return try .making(geometry.weight) { (out) throws(TensorError) in
      try withExtendedPointer(&shape) { (shape) throws(TensorError) in
        try correlate(shape, x, map, out)
      }
    }
  }

  private func correlate(
    _ shape: UnsafePointer<ConvolutionShape>, _ x: Tensor, _ map: Tensor, _ out: UnsafeMutablePointer<Float>
  ) throws(TensorError) {
    let sizes = kernels.convolutions.weightBuffers(shape)
    let images = try Storage(.float32, count: sizes.input, for: geometry.image)
    let maps = try Storage(.float32, count: sizes.output, for: geometry.map)
    let sums = try Storage(.float32, count: sizes.weight, for: geometry.weight)
    defer { withExtendedLifetime((images, maps, sums)) {} }
    try x.withFloatsAsTheyLie { (from) throws(TensorError) in
      try map.withFloatsAsTheyLie { (gradient) throws(TensorError) in
        let cost = 0.3 * Double(sizes.input + sizes.output) / Double(geometry.batch)
        try inRanges(geometry.batch, cost: cost) { range in
          kernels.convolutions.prepareCorrelation(
            shape, from, gradient, images.floats, maps.floats, range.lowerBound, range.upperBound)
        }
      }
    }
    let parts = kernels.convolutions.correlationParts(shape)
    try inRanges(parts, cost: geometry.multiplications / Double(parts) / Self.speed) { range in
      kernels.convolutions.correlate(
        shape, images.floats, maps.floats, sums.floats, range.lowerBound, range.upperBound)
    }
    try inRanges(geometry.maps, cost: 0.3 * Double(geometry.weight.count / geometry.maps)) { range in
      kernels.convolutions.unpackWeightGradient(shape, sums.floats, out, range.lowerBound, range.upperBound)
    }
  }

  /// Multiply-adds a nanosecond on one core, roughly.
  private static let speed = 40.0

  /// The two directions from one side to the other.
  private enum Direction {
    case convolving
    case painting
  }

  private func run(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: Activation, into result: Shape,
    _ direction: Direction
  ) throws(TensorError) -> Tensor {
    if result.count == 0 { return try .zeros(result) }
    if geometry.multiplications == 0 { return try emptySums(bias, activation, result) }
    var shape = geometry.kernelShape
    let packed = try withUnsafePointer(to: &shape) { (shape) throws(TensorError) in
      try packedWeight(shape, weight, buffers(shape, direction).weight, direction)
    }
    let addend = bias?.storage.floats
    // Asked after the addresses of weight and bias, which may be the same elements.
    let inputOrder = x.pixelOrder
    let order = direction == .painting && kernels.convolutions.paintsPlanes(&shape) ? nil : PixelOrder(result)
    shape.hasPixels =
      direction == .convolving
      ? PixelSides(image: inputOrder != nil, map: order != nil)
      : PixelSides(image: order != nil, map: inputOrder != nil)
    defer { withExtendedLifetime((packed, bias)) {} }
    let (kind, slope) = activation.kernel
    let finish = ConvolutionFinish(bias: addend.map { UnsafePointer($0) }, activation: kind, slope: slope)
    return try .making(result, in: order) { (out) throws(TensorError) in
      try withExtendedPointer(&shape) { (shape) throws(TensorError) in
        try run(shape, x, UnsafePointer(packed.floats), finish, out, direction)
      }
    }
  }

  private func buffers(_ shape: UnsafePointer<ConvolutionShape>, _ direction: Direction) -> ConvolutionBuffers {
    direction == .convolving ? kernels.convolutions.mapBuffers(shape) : kernels.convolutions.imageBuffers(shape)
  }

  private func run(
    _ shape: UnsafePointer<ConvolutionShape>, _ x: Tensor, _ packed: UnsafePointer<Float>,
    _ finish: ConvolutionFinish, _ out: UnsafeMutablePointer<Float>, _ direction: Direction
  ) throws(TensorError) {
    let sizes = buffers(shape, direction)
    var finish = finish
    let input = try Storage(.float32, count: sizes.input, for: x.shape)
    let output = try Storage(.float32, count: sizes.output, for: x.shape)
    defer { withExtendedLifetime((input, output)) {} }
    let kernel = direction == .convolving ? kernels.convolutions.convolve : kernels.convolutions.paint
    let cost = geometry.multiplications / Double(geometry.batch) / Self.speed
    try x.withFloatsAsTheyLie { (from) throws(TensorError) in
      try withExtendedPointer(&finish) { (finish) throws(TensorError) in
        try inRanges(geometry.batch, cost: cost, grain: imageGrain) { range in
          kernel(
            shape, finish, from, packed, out, input.floats, output.floats, range.lowerBound, range.upperBound)
        }
      }
    }
  }

  /// As many images as fill whole tiles with the places of a map, where that leaves enough to share out.
  ///
  /// A tile that is not whole goes a longer way; the sums are the same.
  private var imageGrain: Int {
    let places = max(geometry.rows * geometry.columns, 1)
    var images = 1
    while images * places % kernels.products.tileRows != 0, images * 8 < geometry.batch { images *= 2 }
    return images
  }

  /// The weight as the kernels want it, kept with the weight until that changes.
  private func packedWeight(
    _ shape: UnsafePointer<ConvolutionShape>, _ weight: Tensor, _ count: Int, _ direction: Direction
  ) throws(TensorError) -> Storage {
    weight.storage.keepsPacks = true
    var purpose = geometry
    purpose.batch = 0
    return try weight.storage.packed(
      direction == .convolving ? .convolving(geometry.weight) : .painting(purpose)
    ) { () throws(TensorError) in
      let packed = try Storage(.float32, count: count, for: weight.shape)
      try weight.withFloats { (from) throws(TensorError) in
        try pack(shape, from, packed.floats, direction)
      }
      return packed
    }
  }

  private func pack(
    _ shape: UnsafePointer<ConvolutionShape>, _ weight: UnsafePointer<Float>, _ packed: UnsafeMutablePointer<Float>,
    _ direction: Direction
  ) throws(TensorError) {
    let cost = 0.3 * Double(geometry.weight.count / geometry.maps)
    switch direction {
    case .convolving:
      let width = kernels.products.panelWidth
      try inRanges((geometry.maps + width - 1) / width, cost: cost * Double(width)) { range in
        kernels.convolutions.packMapWeight(shape, weight, packed, range.lowerBound, range.upperBound)
      }
    case .painting:
      try inRanges(geometry.maps, cost: cost) { range in
        kernels.convolutions.packImageWeight(shape, weight, packed, range.lowerBound, range.upperBound)
      }
    }
  }

  /// What is left when there is nothing to add up: the bias alone.
  private func emptySums(
    _ bias: Tensor?, _ activation: Activation, _ result: Shape
  ) throws(TensorError) -> Tensor {
    let zeros = try Tensor.zeros(result)
    let sums = try bias.map { (bias) throws(TensorError) in
      try zeros + bias.detached().reshaped(to: [bias.count, 1, 1])
    }
    return try activation.applied(to: sums ?? zeros)
  }
}

extension ConvolutionGeometry {
  /// Multiply-adds of the whole, for guessing times.
  var multiplications: Double {
    Double(batch * rows * columns) * Double(maps * channels * kernelHeight * kernelWidth)
  }

  fileprivate var kernelShape: ConvolutionShape {
    ConvolutionShape(
      batch: batch, channels: channels, height: height, width: width, maps: maps, rows: rows, columns: columns,
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, stride: stride, padding: padding,
      hasPixels: PixelSides(image: false, map: false))
  }
}
