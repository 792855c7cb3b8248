// SPDX-License-Identifier: Apache-2.0
import Language
import Layers
import Tensors

// The language and the engine use the same word for different things. Here the plain word means the language's.

/// A parameter of a builtin.
typealias Parameter<Argument: ValueConvertible> = Language.Parameter<Argument>

/// A trained tensor of a net.
typealias Weight = Layers.Parameter
