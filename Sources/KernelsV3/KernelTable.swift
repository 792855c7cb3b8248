// SPDX-License-Identifier: Apache-2.0
public import CProcessor

/// The kernels of this level.
///
/// What each one does, its shapes and its ranges, stands beside its field in the C header.
public func kernelTable() -> KernelTable {
  KernelTable(
    products: productKernels(), elementwise: elementwiseKernels(), reductions: reductionKernels(),
    losses: lossKernels(), optimizers: optimizerKernels(), random: randomKernels(),
    convolutions: convolutionKernels(), normalizations: normalizationKernels(), poolings: poolingKernels(),
    probes: probeKernels())
}

private func productKernels() -> ProductKernels {
  ProductKernels(
    panelWidth: MatrixTile.columns, tileRows: MatrixTile.rows, packPanels: packPanels, multiply: multiply,
    multiplyUnpacked: multiplyUnpacked, multiplyFewRows: multiplyFewRows)
}

private func elementwiseKernels() -> ElementwiseKernels {
  ElementwiseKernels(
    map: map, combine: combine, compare: compare, blend: blend, choose: choose, activationBackward: activationBackward,
    transpose: transpose, fromBytes: fromBytes)
}

private func reductionKernels() -> ReductionKernels {
  ReductionKernels(
    blockSize: reductionBlock, reduceBlocks: reduceBlocks, combinePartials: combinePartials, reduceRows: reduceRows,
    reduceColumns: reduceColumns, dotColumns: dotColumns, placeOfExtreme: placeOfExtreme,
    momentsOfRows: momentsOfRows, momentsOfColumns: momentsOfColumns, softmaxRows: softmaxRows,
    softmaxRowsBackward: softmaxRowsBackward)
}

private func lossKernels() -> LossKernels {
  LossKernels(
    blockSize: reductionBlock, lossBlocks: lossBlocks, klBlocks: klBlocks, crossEntropyRows: crossEntropyRows)
}

private func optimizerKernels() -> OptimizerKernels {
  OptimizerKernels(adam: adam, sgd: sgd, rmsprop: rmsprop)
}

private func randomKernels() -> RandomKernels {
  RandomKernels(blockSize: randomBlock, bits: randomBits, uniform: randomUniform, normal: randomNormal)
}

private func convolutionKernels() -> ConvolutionKernels {
  ConvolutionKernels(
    mapBuffers: mapBuffers, imageBuffers: imageBuffers, paintsPlanes: paintsPlanes,
    packMapWeight: packMapWeight, packImageWeight: packImageWeight, convolve: convolve, paint: paint,
    weightBuffers: weightBuffers,
    correlationParts: correlationParts, prepareCorrelation: prepareCorrelation, correlate: correlate,
    unpackWeightGradient: unpackWeightGradient)
}

private func normalizationKernels() -> NormalizationKernels {
  NormalizationKernels(
    moments: momentsOfChannels, apply: normalizeChannels, gradientSums: normalizationGradientSums,
    gradient: normalizationGradient, sumPlaces: sumPlaces)
}

private func poolingKernels() -> PoolingKernels {
  PoolingKernels(maximum: maximumPool, maximumBackward: maximumPoolBackward, sum: sumPool, spread: spreadPool)
}

private func probeKernels() -> ProbeKernels {
  ProbeKernels(operationsOfRound: operationsOfProbeRound, multiplyAdds: multiplyAddProbe)
}
