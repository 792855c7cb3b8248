// SPDX-License-Identifier: Apache-2.0
import Language

/// An error of the workbench that knows how to explain itself.
protocol Explained: Error {
  /// The error as people see it.
  var diagnostic: Diagnostic { get }
}

extension TensorFault: Explained {}
extension ModuleFault: Explained {}
extension DataFault: Explained {}
extension GradientFault: Explained {}
extension TableFault: Explained {}
extension LossFault: Explained {}
