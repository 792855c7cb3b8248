// SPDX-License-Identifier: Apache-2.0
import Images
import TensorFiles
import Tensors
import Testing

@testable import Datasets

@Suite struct FileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A folder of PNGs comes back as it was written, grey and colour")
  func pngFolder() throws {
    let data = counted(9, side: 3)
    try ImageFolder.write(data, to: folder.path)
    let back = try ImageFolder.read(folder.path, name: "x")
    #expect(back.classes == ["a", "b", "c"])
    #expect(back.classCounts == [3, 3, 3])
    #expect(back.bytes(of: 0) == data.bytes(of: 0))
    #expect(back.bytes(of: 3) == data.bytes(of: 1))
    let colour = Dataset(
      name: "rgb", exampleShape: [3, 1, 2], classes: ["only"], storage: .bytes([1, 2, 3, 4, 5, 6], offset: 0),
      storedLabels: [0])
    let inside = folder.path + "/rgb"
    try ImageFolder.write(colour, to: inside)
    #expect(try ImageFolder.read(inside, name: "x").bytes(of: 0) == [1, 2, 3, 4, 5, 6])
  }

  @Test("Class folders named by numbers are sorted by value")
  func numberedClasses() throws {
    for name in ["10", "2", "1"] {
      try FileBytes.makeFolder(folder.path + "/" + name)
      let dot = try Bitmap(width: 1, height: 1, format: .grey, pixels: [7])
      _ = try folder.file(name + "/x.png", PNGFile.encode(dot))
    }
    #expect(try ImageFolder.read(folder.path, name: "x").classes == ["1", "2", "10"])
  }

  @Test("A picture of another size, a broken one and an empty folder are named")
  func pngFaults() throws {
    #expect(throws: DatasetError.self) { try ImageFolder.read(folder.path, name: "x") }
    try ImageFolder.write(counted(3), to: folder.path)
    let large = try Bitmap(width: 3, height: 3, format: .grey, filledWith: 0)
    let path = try folder.file("c/99.png", PNGFile.encode(large))
    #expect(throws: DatasetError.sizeMismatch(path: path, expected: [1, 2, 2], found: [1, 3, 3])) {
      try ImageFolder.read(folder.path, name: "x")
    }
    _ = try folder.file("c/99.png", "no picture")
    #expect {
      try ImageFolder.read(folder.path, name: "x")
    } throws: { error in
      "\(error)".hasPrefix("\(path): not a PNG image")
    }
  }

  @Test("A table comes back as it was written")
  func csvRoundTrip() throws {
    let data = try counted(6, side: 4).normalized(mean: 0.5, deviation: 0.5)
    let path = folder.path + "/t.csv.gz"
    try CSVFile.write(data, to: path)
    let back = try CSVFile.read(path, name: "x")
    #expect(back.exampleShape == [1, 4, 4])
    #expect(back.labels == data.labels)
    #expect(back.fingerprint == data.fingerprint)
    try CSVFile.write(PointClouds.ring8().prefix(20), to: path)
    let points = try CSVFile.read(path, name: "x")
    #expect(points.exampleShape == [2])
    #expect(points.example(7) == PointClouds.ring8().example(7))
  }

  @Test("Tables without a heading, with the label elsewhere, with blanks and carriage returns")
  func csvForms() throws {
    let plain = try CSVFile.read(try folder.file("a.csv", "1, 0.5, -2\r\n0,1e-1,3\r\n\r\n"), name: "x")
    #expect(plain.labels == [1, 0])
    #expect(plain.example(0) == [0.5, -2])
    let late = try CSVFile.read(try folder.file("b.csv", "x,y,label\n0.5,2,1\n"), name: "x")
    #expect(late.labels == [1])
    #expect(late.example(0) == [0.5, 2])
  }

  @Test("A bad cell, a short line, a broken label and an empty table are named with their line")
  func csvFaults() throws {
    let cases = [
      ("label,x\n1,2\n1,cat\n", "line 3: \"cat\" is not a number"), ("1,2,3\n1,2\n", "line 2: 2 cells"),
      ("1.5,2\n", "line 1: the label 1.5"), ("label,x\n", "holds no lines of numbers"),
      ("-1,2\n", "label -1 of image 0"), ("1e30,2\n", "the label"),
    ]
    for (text, expected) in cases {
      let path = try folder.file("f.csv", text)
      #expect {
        try CSVFile.read(path, name: "x")
      } throws: { error in
        "\(error)".contains(expected)
      }
    }
  }

  @Test("An archive comes back as it was written: bytes as bytes, numbers as numbers")
  func archive() throws {
    let path = folder.path + "/a.npz"
    let data = try counted(6).normalized(mean: 0.5, deviation: 0.5)
    try ArrayArchive.write(data, to: path)
    let back = try ArrayArchive.read(path, name: "x")
    #expect(back.exampleShape == [1, 2, 2])
    #expect(back.fingerprint == data.fingerprint)
    try ArrayArchive.write(PointClouds.ring8().prefix(5).withoutLabels, to: path)
    let points = try ArrayArchive.read(path, name: "x")
    #expect(points.example(3) == PointClouds.ring8().example(3))
    #expect(!points.isLabelled)
  }

  @Test("Images of −1 … 1 that are no bytes are written as 0 … 1")
  func archiveScale() throws {
    let path = folder.path + "/a.npz"
    let x = try Tensor([-1, 0, 0.5, 1], shape: [1, 1, 2, 2])
    try ArrayArchive.write(Dataset(x: x), to: path)
    #expect(try ArrayArchive.read(path, name: "x").example(0) == [0, 0.5, 0.75, 1])
  }

  @Test("Archives that lack images, disagree with their labels or are broken are named")
  func archiveFaults() throws {
    let path = folder.path + "/a.npz"
    let three = NumPyArray(try Tensor([Int64](0..<3), shape: [3]))
    try NPZFile(arrays: [("other", three)]).write(to: path)
    #expect {
      try ArrayArchive.read(path, name: "x")
    } throws: { error in
      "\(error)".contains("not there; the archive holds other")
    }
    let images = NumPyArray(try Tensor.zeros([2, 2, 2]))
    try NPZFile(arrays: [("images", images), ("labels", three)]).write(to: path)
    #expect(throws: DatasetError.countMismatch(path: path, images: 2, labels: 3)) {
      try ArrayArchive.read(path, name: "x")
    }
    _ = try folder.file("a.npz", "no archive")
    #expect(throws: DatasetError.self) { try ArrayArchive.read(path, name: "x") }
  }

  @Test("The digest is SHA-256, at every length around a block's end")
  func digest() {
    // Of so many letters a, by sha256sum.
    let known = [
      (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"),
      (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
      (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
      (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      (119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
      (120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
      (1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ]
    for (count, expected) in known {
      #expect(SHA256.hexadecimal(of: [UInt8](repeating: 0x61, count: count)) == expected)
    }
  }

  @Test("A file is written whole or not at all")
  func atomicWrite() throws {
    #expect(throws: DatasetError.self) { try FileBytes.write([1], to: folder.path + "/none/x") }
    #expect(throws: DatasetError.self) { try FileBytes.write([1], to: folder.path) }
    #expect(try FileBytes.names(in: folder.path).isEmpty)
  }

  @Test("Images that happen to hold neither black nor white keep the range of pixels; points keep their own")
  func grey() throws {
    let grey = try Tensor([0.125, 0.75, 0.25, 0.5], shape: [1, 1, 2, 2])
    let signed = try Dataset(x: grey * 2 - 1)
    let back = try signed.denormalized(mean: 0.5, deviation: 0.5)
    let bright = try Dataset(x: grey * 100)
    let point = try Dataset(x: Tensor([0.125, 0.75], shape: [1, 2]))
    #expect(try Dataset(x: grey).valueRange == .unit)
    #expect(signed.valueRange == .symmetric)
    #expect(back.valueRange == .unit)
    #expect(bright.valueRange == ValueRange(12.5, 75))
    #expect(point.valueRange == ValueRange(0.125, 0.75))
  }
}
