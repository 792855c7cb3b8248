// SPDX-License-Identifier: Apache-2.0
import Tensors
import Testing

@testable import Datasets

/// Downloads from folders of this machine, which the same program fetches as it would fetch a mirror's.
@Suite struct DownloadTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func published(_ contents: [UInt8], mirrors: [String]) -> PublishedSet {
    PublishedSet(
      name: "example", classes: [], source: "", folders: [], advice: "",
      mirrors: mirrors.map { "file://\(folder.path)/\($0)" }, digests: ["numbers": SHA256.hexadecimal(of: contents)])
  }

  private func mirror(_ name: String, _ contents: [UInt8]) throws {
    try FileBytes.makeFolder("\(folder.path)/\(name)")
    _ = try folder.file("\(name)/numbers.gz", contents)
  }

  @Test("The digest is that of the standard's example")
  func knownAnswer() {
    #expect(
      SHA256.hexadecimal(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("A mirror that is not there and one with other contents are passed over; the published contents are kept")
  func thirdMirror() throws {
    try mirror("forged", [9, 9, 9])
    try mirror("good", [1, 2, 3])
    let target = folder.path + "/kept"
    try published([1, 2, 3], mirrors: ["nowhere", "forged", "good"]).download(to: target)
    #expect(try FileBytes.readAsStored(target + "/numbers.gz") == [1, 2, 3])
  }

  @Test("When no mirror has the published contents nothing is kept, and each mirror's reason is told")
  func none() throws {
    try mirror("forged", [9, 9, 9])
    let target = folder.path + "/kept"
    #expect {
      try published([1, 2, 3], mirrors: ["nowhere", "forged"]).download(to: target)
    } throws: { error in
      guard case .downloadFailed("example", let reasons)? = error as? DatasetError else { return false }
      return reasons.count == 2 && reasons[0].contains("nowhere/numbers.gz: ") && reasons[1].contains("SHA-256")
    }
    #expect(IDXFolder.path(of: "numbers", in: target) == nil)
  }

  @Test("A download that is interrupted ends at once and leaves nothing")
  func interrupted() throws {
    try mirror("good", [1, 2, 3])
    let before = Compute.interruptCheck
    Compute.interruptCheck = { true }
    defer { Compute.interruptCheck = before }
    #expect(throws: DatasetError.tensor(.interrupted)) {
      try published([1, 2, 3], mirrors: ["good"]).download(to: folder.path + "/kept")
    }
  }
}
