// SPDX-License-Identifier: Apache-2.0
import Images

/// A folder with one folder of PNG files for each class.
///
/// Classes are sorted by name, numbers by value; the label is the place in that order. Grey pictures give one
/// channel, colour pictures three; opacity is dropped.
public enum ImageFolder {
  /// Reads all pictures.
  ///
  /// - Throws: `DatasetError`: no class folders, no pictures, a picture that is broken or of another size.
  public static func read(_ folder: String, name: String, split: String = "") throws(DatasetError) -> Dataset {
    let classes = try FileBytes.names(in: folder).filter { FileBytes.kind(of: folder + "/" + $0) == .folder }
    guard !classes.isEmpty else {
      throw .nothingInside(path: folder, wanted: "folders of PNG files, one for each class, nor IDX files")
    }
    var pile: PicturePile?
    for (label, className) in classes.enumerated() {
      let inside = folder + "/" + className
      for file in try FileBytes.names(in: inside) where file.lowercased().hasSuffix(".png") {
        let path = inside + "/" + file
        let picture = try picture(at: path)
        pile = pile ?? PicturePile(like: picture)
        try pile?.add(picture, label: label, path: path)
      }
    }
    guard let pile else { throw .nothingInside(path: folder, wanted: "PNG files in the folders of its classes") }
    return Dataset(
      name: name, split: split, exampleShape: pile.shape, classes: classes, source: folder,
      storage: .bytes(pile.pixels, offset: 0), storedLabels: pile.labels)
  }

  /// Writes each example as `class/number.png`; unlabelled examples go into one folder, `images`.
  ///
  /// - Throws: `DatasetError.invalid` if examples are not images of 1 or 3 channels, `DatasetError.unwritable`.
  public static func write(_ data: Dataset, to folder: String) throws(DatasetError) {
    let channels = data.exampleShape[0]
    guard data.isImages, channels == 1 || channels == 3 else {
      throw .invalid(argument: "data", value: shapeText(data.exampleShape), allowed: "images of 1 or 3 channels")
    }
    let names = data.classes.isEmpty ? ["images"] : data.classes.map(fileName)
    for name in names { try FileBytes.makeFolder(folder + "/" + name) }
    for index in 0..<data.count {
      let digits = String(index)
      let number = String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
      let path = "\(folder)/\(names[data.label(of: index) ?? 0])/\(number).png"
      do {
        try FileBytes.write(PNGFile.encode(bitmap(of: index, in: data)), to: path)
      } catch let error as DatasetError {
        throw error
      } catch {
        throw .unwritable(path: path, reason: "\(error)")
      }
    }
  }

  /// One example as a picture.
  private static func bitmap(of index: Int, in data: Dataset) throws(ImageError) -> Bitmap {
    let (height, width) = (data.exampleShape[1], data.exampleShape[2])
    let planes = data.bytes(of: index)
    guard data.exampleShape[0] == 3 else {
      return try Bitmap(width: width, height: height, format: .grey, pixels: planes)
    }
    let plane = height * width
    let woven = (0..<plane).flatMap { [planes[$0], planes[plane + $0], planes[2 * plane + $0]] }
    return try Bitmap(width: width, height: height, format: .rgb, pixels: woven)
  }

  private static func picture(at path: String) throws(DatasetError) -> Bitmap {
    let bytes = try FileBytes.readAsStored(path)
    do {
      let bitmap = try PNGFile.decode(bytes)
      return bitmap.format == .grey ? bitmap : bitmap.converted(to: .rgb)
    } catch {
      throw .notAnImage(path: path, reason: "\(error)")
    }
  }

  /// A class name without what cannot stand in a file name.
  private static func fileName(_ name: String) -> String {
    String(name.map { $0 == "/" || $0 == "\0" ? "-" : $0 })
  }
}

/// Pictures of one size, collected.
private struct PicturePile {
  let shape: [Int]
  private let format: Bitmap.Format
  private(set) var pixels: [UInt8] = []
  private(set) var labels: [Int32] = []

  init(like picture: Bitmap) {
    format = picture.format
    shape = [picture.format.channels, picture.height, picture.width]
  }

  mutating func add(_ picture: Bitmap, label: Int, path: String) throws(DatasetError) {
    guard picture.height == shape[1], picture.width == shape[2] else {
      throw .sizeMismatch(path: path, expected: shape, found: [picture.format.channels, picture.height, picture.width])
    }
    let same = picture.format == format ? picture : picture.converted(to: format)
    for channel in 0..<shape[0] {
      pixels += stride(from: channel, to: same.pixels.count, by: shape[0]).map { same.pixels[$0] }
    }
    labels.append(Int32(label))
  }
}
