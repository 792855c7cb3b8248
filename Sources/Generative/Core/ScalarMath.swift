// SPDX-License-Identifier: Apache-2.0
import Glibc

/// log 2π.
let logTwoPi = 1.837877066409345483560659472811

/// The natural logarithm of one number, under a name of its own beside the one for tensors.
func scalarLog(_ x: Double) -> Double { Glibc.log(x) }

/// eˣ of one number, under a name of its own beside the one for tensors.
func scalarExp(_ x: Double) -> Double { Glibc.exp(x) }

/// One number to the power of another, under a name of its own beside the one for tensors.
func scalarPower(_ base: Double, _ exponent: Double) -> Double { Glibc.pow(base, exponent) }

/// The arc cosine of one number, under a name of its own beside the ones for tensors.
func scalarArcCosine(_ x: Double) -> Double { Glibc.acos(x) }
