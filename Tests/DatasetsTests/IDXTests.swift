// SPDX-License-Identifier: Apache-2.0
import Testing
import Zlib

@testable import Datasets

@Suite struct IDXTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Two images of 2 × 3 pixels.
  let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + (0..<12).map { UInt8($0 * 20) }
  let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 4, 7]

  @Test("Images and labels come back as they were written, packed or not", arguments: [true, false])
  func roundTrip(packed: Bool) throws {
    let data = counted(9).named("nine")
    try IDXFolder.write(data, to: folder.path, isPacked: packed)
    let back = try IDXFolder.read(folder.path, split: "train", name: "nine")
    #expect(back.labels == data.labels)
    #expect(back.exampleShape == [1, 2, 2])
    #expect(back.fingerprint == data.fingerprint)
    let name = "train-images-idx3-ubyte" + (packed ? ".gz" : "")
    #expect(Deflate.isGzip(try FileBytes.readAsStored(folder.path + "/" + name)) == packed)
  }

  @Test("Bytes become 0 … 1 and keep their order")
  func reads() throws {
    let path = try folder.file("images", images)
    let data = try Dataset(
      images: IDXFile(path: path), labels: IDXFile(contents: labels, path: "labels"), path: path, name: "two",
      split: "train", classes: [], source: "")
    #expect(data.exampleShape == [1, 2, 3])
    #expect(data.labels == [4, 7])
    #expect(data.classes.count == 8)
    #expect(data.example(1) == [120, 140, 160, 180, 200, 220].map { Float($0) / 255 })
  }

  @Test("Every element type is read, most significant byte first")
  func elementTypes() throws {
    let cases: [(UInt8, [UInt8], [Float])] = [
      (0x08, [200], [200]), (0x09, [0xFF], [-1]), (0x0B, [0xFF, 0xFE], [-2]), (0x0C, [0, 1, 0, 0], [65536]),
      (0x0D, [0x3F, 0x80, 0, 0], [1]), (0x0E, [0xBF, 0xF0, 0, 0, 0, 0, 0, 0], [-1]),
    ]
    for (type, payload, numbers) in cases {
      let file = try IDXFile(contents: [0, 0, type, 1, 0, 0, 0, 1] + payload, path: "x")
      #expect(file.floats == numbers)
    }
  }

  @Test("A cut file is named with what is missing")
  func truncated() throws {
    let path = try folder.file("cut", Array(images.dropLast(5)))
    #expect(throws: DatasetError.truncated(path: path, expected: 28, found: 23)) { try IDXFile(path: path) }
    #expect(throws: DatasetError.truncated(path: "x", expected: 16, found: 9)) {
      try IDXFile(contents: Array(images.prefix(9)), path: "x")
    }
    #expect(throws: DatasetError.truncated(path: "x", expected: 4, found: 0)) { try IDXFile(contents: [], path: "x") }
    #expect(throws: DatasetError.trailingBytes(path: "x", expected: 28, found: 29)) {
      try IDXFile(contents: images + [0], path: "x")
    }
  }

  @Test("A file that is not IDX is named with what it starts with")
  func wrongMagic() throws {
    let path = try folder.file("png", [0x89, 0x50, 0x4E, 0x47, 0x0D])
    #expect {
      try IDXFile(path: path)
    } throws: { error in
      "\(error)".contains("not an IDX file: starts with 0x89504e47")
    }
  }

  @Test("A packed file that is cut or damaged is named as such")
  func damagedPacking() throws {
    let whole = try Deflate.compress(images, as: .gzip)
    let cut = try folder.file("cut.gz", Array(whole.dropLast(12)))
    var broken = whole
    broken[12] ^= 0xFF
    broken[14] ^= 0xFF
    let damaged = try folder.file("broken.gz", broken)
    for path in [cut, damaged] {
      #expect {
        try IDXFile(path: path)
      } throws: { error in
        "\(error)".hasPrefix("\(path): damaged compressed data")
      }
    }
  }

  @Test("Sizes that no machine could hold are refused before anything is allocated")
  func enormous() throws {
    let header: [UInt8] = [0, 0, 8, 3] + Array(repeating: 0xFF, count: 12)
    #expect {
      try IDXFile(contents: header, path: "x")
    } throws: { error in
      if case DatasetError.tooLarge = error { true } else { false }
    }
  }

  @Test("As many labels as images, or both counts in the error")
  func counts() throws {
    let path = folder.path + "/images"
    let file = try IDXFile(contents: images, path: path)
    let three = try IDXFile(bytes: [1, 2, 3], dimensions: [3])
    #expect(throws: DatasetError.countMismatch(path: path, images: 2, labels: 3)) {
      try Dataset(images: file, labels: three, path: path, name: "", split: "", classes: [], source: "")
    }
  }

  @Test("A label beyond the classes is named with its row")
  func labelBeyondClasses() throws {
    let file = try IDXFile(contents: images, path: "x")
    let labelFile = try IDXFile(contents: labels, path: "x")
    #expect(throws: DatasetError.labelOutOfRange(path: "x", row: 1, label: 7, classes: 5)) {
      try Dataset(
        images: file, labels: labelFile, path: "x", name: "", split: "", classes: ["a", "b", "c", "d", "e"], source: "")
    }
  }

  @Test("A missing file and a folder in place of a file are told apart")
  func missing() throws {
    #expect(throws: DatasetError.notFound(path: folder.path + "/none")) { try IDXFile(path: folder.path + "/none") }
    #expect(throws: DatasetError.unreadable(path: folder.path, reason: "not a plain file")) {
      try IDXFile(path: folder.path)
    }
  }
}
