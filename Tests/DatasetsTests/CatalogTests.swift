// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Datasets

@Suite struct CatalogTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func catalog(_ data: String? = nil) -> DatasetCatalog {
    DatasetCatalog(dataFolder: data, environment: ["HOME": folder.path])
  }

  @Test("What Easel draws is found by name; limit, split and seed count")
  func drawn() throws {
    #expect(try catalog().dataset("digits", limit: 50).count == 50)
    #expect(try catalog().dataset("digits", split: "test").count == 2_000)
    #expect(try catalog().dataset("ring8", seed: 3).fingerprint != catalog().dataset("ring8").fingerprint)
    #expect(throws: DatasetError.self) { try catalog().dataset("digits", split: "validation") }
    #expect(throws: DatasetError.self) { try catalog().dataset("digits", limit: -1) }
  }

  @Test("A missing set names the places searched and what to do")
  func missing() throws {
    #expect {
      try catalog("/nowhere").dataset("mnist")
    } throws: { error in
      let text = "\(error)"
      return text.contains("/nowhere/mnist") && text.contains("download=True") && !text.contains("\n")
    }
    let entry = try #require(catalog().entries.first { $0.name == "mnist" })
    #expect(entry.place == nil)
  }

  @Test("The folder given first is searched first, then the environment's, then the user's own")
  func order() throws {
    for place in ["given/mnist", "env/mnist", ".local/share/easel/mnist"] {
      let data = try counted(3).prefix(place.hasPrefix("given") ? 1 : place.hasPrefix("env") ? 2 : 3)
      try IDXFolder.write(data, to: folder.path + "/" + place)
    }
    let home = ["HOME": folder.path]
    let both = home.merging(["EASEL_DATA": folder.path + "/env"]) { $1 }
    let given = folder.path + "/given"
    #expect(try DatasetCatalog(dataFolder: given, environment: both).dataset("mnist").count == 1)
    #expect(try DatasetCatalog(environment: both).dataset("mnist").count == 2)
    #expect(try DatasetCatalog(environment: home).dataset("mnist").count == 3)
  }

  @Test("A folder of another set with the same file names is not taken for MNIST")
  func otherSet() throws {
    try IDXFolder.write(counted(3), to: folder.path + "/other")
    #expect(throws: DatasetError.self) { try catalog(folder.path + "/other").dataset("mnist") }
    #expect(try catalog().dataset(folder.path + "/other").count == 3)
  }

  @Test("A path is a folder of IDX files or of PNGs, a table or one IDX file")
  func paths() throws {
    try ImageFolder.write(counted(6), to: folder.path + "/pictures/train")
    #expect(try catalog().dataset(folder.path + "/pictures").classCounts == [2, 2, 2])
    #expect(try catalog().dataset("~/pictures").count == 6)
    _ = try folder.file("t.csv", "0,1,2\n1,3,4\n")
    #expect(try catalog().dataset(folder.path + "/t.csv").count == 2)
    try IDXFile(bytes: Array(0..<8), dimensions: [2, 2, 2]).write(to: folder.path + "/images.gz")
    #expect(try catalog().dataset(folder.path + "/images.gz").isLabelled == false)
  }

  @Test("A name nobody knows lists the known ones; a path that leads nowhere is named")
  func unknown() throws {
    #expect(throws: DatasetError.unknownName(name: "minst", known: DatasetCatalog.names)) {
      try catalog().dataset("minst")
    }
    #expect(throws: DatasetError.notFound(path: "/no/where")) { try catalog().dataset("/no/where") }
  }
}
