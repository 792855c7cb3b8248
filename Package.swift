// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// MARK: Settings, one list for each kind of target

/// Every target: explicit existentials, and imports that say what they re-export.
let common: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Targets that loop over numbers are optimised in debug builds too: unoptimised loops are a thousand times slower,
/// and the tests would crawl.
let numeric: [SwiftSetting] = common + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// Targets that wrap a C library mark each unsafe use.
let wrapsC: [SwiftSetting] = common + [.strictMemorySafety()]

/// The inner loops, compiled once for each processor level.
///
/// Bounds are checked by the callers, once per operation.
func kernels(_ march: String?, vectorBits: Int? = nil, defines: [String]) -> [SwiftSetting] {
  // Whole-module, with threads so that one object a file comes out, as the package manager expects in debug.
  var flags = ["-Ounchecked", "-wmo", "-num-threads", "1", "-Xcc", "-fno-math-errno"]
  #if arch(x86_64)
    if let march { flags += ["-Xcc", "-march=\(march)"] }
    if let vectorBits { flags += ["-Xcc", "-mprefer-vector-width=\(vectorBits)"] }
  #endif
  return common + defines.map { .define($0) } + [.unsafeFlags(flags)]
}

// MARK: Targets

/// A library target of ours with its tests beside it.
func library(
  _ name: String, _ dependencies: [Target.Dependency], settings: [SwiftSetting] = common,
  exclude: [String] = ["README.md"]
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: common)
}

let system: [Target] = [
  // HMAC of the Jupyter messages: already loaded by Debian's libzmq, and free to build (swift-crypto costs minutes).
  .systemLibrary(name: "CSodium", providers: [.apt(["libsodium-dev"])]),
  // The Jupyter wire.
  .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
  // gzip for IDX files, deflate for npz.
  .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
  // PNG in and out, by its simplified interface.
  .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),
  // Hides readline's globals and signal handling behind a few functions.
  .target(name: "CReadline", exclude: ["README.md"], linkerSettings: [.linkedLibrary("readline")]),
  // eventfd, signalfd, pidfd, and a signal handler for traps, which must be C.
  .target(name: "CLinux", exclude: ["README.md"]),
  // Processor features, prefetch, pause, the floating-point control word.
  .target(name: "CProcessor", exclude: ["README.md"]),
]

let engine: [Target] = [
  .target(
    name: "KernelsBaseline", dependencies: ["CProcessor"], exclude: ["README.md"],
    swiftSettings: kernels(nil, defines: ["KERNELS_BASELINE"])),
  .target(
    name: "KernelsV3", dependencies: ["CProcessor"], exclude: ["README.md"],
    swiftSettings: kernels("x86-64-v3", defines: ["KERNELS_V3"])),
  .target(
    name: "KernelsV4", dependencies: ["CProcessor"], exclude: ["README.md"],
    swiftSettings: kernels("x86-64-v4", vectorBits: 512, defines: ["KERNELS_V4"])),
  library("Tensors", ["KernelsBaseline", "KernelsV3", "KernelsV4", "CProcessor"], settings: numeric),
  library("TensorFiles", ["Tensors", "Zlib"], settings: numeric),
  library("Layers", ["Tensors"], settings: numeric),
  library("Zlib", ["CZlib"], settings: wrapsC),
  library("Images", ["CPNG", "Zlib"], settings: wrapsC + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
  library("Figures", ["Images"], settings: numeric),
  library("Datasets", ["Tensors", "Images", "Zlib", "TensorFiles", "CSodium"], settings: numeric),
  library("Generative", ["Tensors", "Layers", "Datasets", "TensorFiles"], settings: numeric),
  library("QualityMetrics", ["Tensors", "Layers", "Datasets", "TensorFiles"], settings: numeric),
  library("Benchmarks", ["Tensors", "Layers", "Datasets", "Generative", "Figures", "Images"]),
]

let session: [Target] = [
  library("Language", []),
  library("KernelSession", ["Language"]),
  library(
    "Workbench",
    [
      "Language", "Tensors", "TensorFiles", "Layers", "Datasets", "Generative", "QualityMetrics", "Images", "Figures",
    ]),
]

let fronts: [Target] = [
  library("ZeroMQ", ["CZeroMQ"], settings: wrapsC),
  library("LineEditor", ["CReadline"], settings: wrapsC),
  library("JupyterProtocol", ["CSodium"]),
  library("JupyterFront", ["KernelSession", "Language", "JupyterProtocol", "ZeroMQ", "CLinux"]),
  library("TerminalFront", ["Figures", "KernelSession", "Language", "LineEditor"]),
  .executableTarget(
    name: "easel",
    dependencies: [
      "JupyterFront", "JupyterProtocol", "TerminalFront", "KernelSession", "Language", "Workbench", "Tensors",
      "Generative", "Images", "Benchmarks", .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    exclude: ["README.md"], swiftSettings: common),
]

let testing: [Target] = [
  .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: common),
  tests("Tensors", ["KernelsBaseline", "KernelsV3", "KernelsV4", "CProcessor"], exclude: ["Fixtures"]),
  tests("TensorFiles", ["Tensors"], exclude: ["Fixtures"]),
  tests("Layers", ["Tensors"], exclude: ["Fixtures"]),
  tests("Zlib", []),
  tests("Images", ["Zlib"], exclude: ["Golden"]),
  tests("Figures", ["Images"], exclude: ["Golden"]),
  tests("Datasets", ["Tensors", "TensorFiles", "Images", "Zlib"]),
  tests("Generative", ["Tensors", "Layers", "Datasets", "TensorFiles"], exclude: ["Fixtures"]),
  tests("QualityMetrics", ["Tensors", "Layers", "Datasets", "TensorFiles"], exclude: ["Fixtures"]),
  tests("Language", [], exclude: ["Programs", "Golden"]),
  tests("KernelSession", ["Language"]),
  tests("Workbench", ["Language", "KernelSession", "Tensors"], exclude: ["Programs", "Golden"]),
  tests("LineEditor", []),
  tests("JupyterProtocol", []),
  tests("JupyterFront", ["JupyterProtocol", "KernelSession", "Language", "ZeroMQ"]),
  tests("TerminalFront", ["KernelSession", "Language"], exclude: ["Golden"]),
  .testTarget(name: "LayeringTests", dependencies: ["TestSupport"], swiftSettings: common),
]

// MARK: One layer alone

/// `EASEL_ONLY=Language,Figures swift test` builds and tests just those targets and what they stand on.
func selected(_ all: [Target]) -> [Target] {
  guard let only = Context.environment["EASEL_ONLY"] else { return all }
  var wanted = Set(only.split(separator: ",").map(String.init))
  wanted.formUnion(wanted.map { $0 + "Tests" })
  let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  var pending = Array(wanted)
  while let name = pending.popLast() {
    for case .byNameItem(let dependency, _) in byName[name]?.dependencies ?? []
    where wanted.insert(dependency).inserted {
      pending.append(dependency)
    }
  }
  return all.filter { wanted.contains($0.name) }
}

let targets = selected(system + engine + session + fronts + testing)

let package = Package(
  name: "easel",
  products: targets.contains { $0.name == "easel" } ? [.executable(name: "easel", targets: ["easel"])] : [],
  dependencies: targets.contains { $0.name == "easel" }
    // The command line: parsing, help and shell completion from one declaration.
    ? [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")] : [],
  targets: targets,
  swiftLanguageModes: [.v6]
)
