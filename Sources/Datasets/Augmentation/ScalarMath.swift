// SPDX-License-Identifier: Apache-2.0
import Glibc

// One number's functions under names of their own, beside those for tensors.

func scalarExp(_ x: Double) -> Double { Glibc.exp(x) }

func scalarLog(_ x: Double) -> Double { Glibc.log(x) }

func scalarSine(_ x: Double) -> Double { Glibc.sin(x) }

func scalarCosine(_ x: Double) -> Double { Glibc.cos(x) }

func scalarTangent(_ x: Double) -> Double { Glibc.tan(x) }

func scalarPower(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
