// SPDX-License-Identifier: Apache-2.0
import Testing

/// The package manager lets a target import what it never declared, so the arrows are checked here.
@Suite struct LayeringTests {
  let tree = SourceTree()

  /// Modules that come with the toolchain or the C library.
  let toolchain: Set<String> = ["FoundationEssentials", "Glibc", "Synchronization", "Darwin", "Musl"]

  @Test("A target imports only what the manifest gives it")
  func importsAreDeclared() throws {
    let manifest = Manifest(try tree.text("Package.swift"))
    #expect(manifest.dependencies["Workbench"]?.contains("Language") == true, "the manifest was not understood")
    for target in try tree.targets() {
      let allowed = try #require(manifest.dependencies[target], "\(target) is not in the manifest")
      for file in try tree.swiftFiles(below: "Sources/\(target)") {
        for module in imports(of: file.text) where !toolchain.contains(module) {
          #expect(allowed.contains(module), "\(file.path) imports \(module), which \(target) does not declare")
        }
      }
    }
  }

  @Test("The command language stands on nothing of ours, and no front reaches the engine")
  func arrowsPointOneWay() throws {
    let manifest = Manifest(try tree.text("Package.swift"))
    #expect(manifest.dependencies["Language"] == [])
    for front in ["JupyterFront", "TerminalFront"] {
      let reached = try #require(manifest.dependencies[front])
      #expect(reached.isDisjoint(with: ["Tensors", "Layers", "Datasets", "Generative", "Workbench"]))
    }
  }

  @Test("Foundation, with its 40 MB of Unicode tables, is linked by no target")
  func noFoundation() throws {
    for file in try tree.swiftFiles(below: "Sources") {
      #expect(!imports(of: file.text).contains("Foundation"), "\(file.path) imports Foundation")
    }
  }

  @Test("No file grows beyond one idea: 400 lines at most")
  func filesStayShort() throws {
    for file in try tree.swiftFiles(below: "Sources") + tree.swiftFiles(below: "Tests") {
      let lines = file.text.utf8.count { $0 == 0x0A }
      #expect(lines <= 400, "\(file.path) has \(lines) lines")
    }
  }

  @Test("Every file names its licence, every target says what it is for")
  func licenceAndPurpose() throws {
    for file in try tree.swiftFiles(below: "Sources") + tree.swiftFiles(below: "Tests") {
      #expect(file.text.hasPrefix("// SPDX-License-Identifier: Apache-2.0\n"), "\(file.path) lacks its SPDX line")
    }
    for target in try tree.targets() where !(try tree.swiftFiles(below: "Sources/\(target)").isEmpty) {
      let lines = try tree.text("Sources/\(target)/README.md").split(separator: "\n")
      #expect(lines.count >= 3, "Sources/\(target)/README.md says too little")
    }
  }

  @Test("What steps around the compiler's checks says why, on the line or just above it")
  func unsafeHasReasons() throws {
    for file in try tree.swiftFiles(below: "Sources") {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where line.contains("@unchecked Sendable") {
        let above = lines[max(0, index - 6)..<index].contains { $0.drop { $0 == " " }.hasPrefix("//") }
        #expect(above || line.contains("//"), "\(file.path):\(index + 1) gives no reason for @unchecked Sendable")
      }
    }
  }

  @Test("The continuous check runs the very test command that the README gives")
  func continuousCheckIsReadmesCommand() throws {
    let command = "bash .scripts/test"
    #expect(try tree.text("README.md").contains(command))
    #expect(try tree.text(".ci/run").contains(command))
  }

  private func imports(of text: String) -> Set<String> {
    var modules: Set<String> = []
    for line in text.split(separator: "\n") {
      var words = line.split(separator: " ").map(String.init)[...]
      while let first = words.first,
        first.hasPrefix("@") || ["public", "internal", "package", "private"].contains(first)
      { words = words.dropFirst() }
      guard words.first == "import", let module = words.dropFirst().last else { continue }
      modules.insert(String(module.prefix { $0 != "." }))
    }
    return modules
  }
}
