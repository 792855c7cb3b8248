// SPDX-License-Identifier: Apache-2.0
public import CProcessor

/// The kernels of this level.
///
/// What each one does, its shapes and its ranges, stands beside its field in the C header.
public func kernelTable() -> KernelTable {
  KernelTable(products: productKernels())
}

private func productKernels() -> ProductKernels {
  ProductKernels(
    panelWidth: MatrixTile.columns, tileRows: MatrixTile.rows, packPanels: packPanels, multiply: multiply,
    multiplyFewRows: multiplyFewRows)
}
