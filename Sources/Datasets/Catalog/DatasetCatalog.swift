// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Finds a data set by its name or path.
///
/// Three sets are drawn by Easel (`digits`, `ring8`, `grid25`); `fashion-mnist` and `mnist` are looked for on this
/// machine and fetched only when asked; everything else is a path.
public struct DatasetCatalog: Sendable {
  /// Folders that are looked into first, in order.
  public let folders: [String]
  /// Where downloads are kept: a folder per set.
  public let home: String
  private let userFolder: String

  /// A catalog that looks into `dataFolder`, then `$EASEL_DATA`, then the user's own data folder, then the usual places.
  ///
  /// - Parameters:
  ///   - dataFolder: What the user gave by `--data`.
  ///   - given: The environment: `EASEL_DATA`, `XDG_DATA_HOME` and `HOME` are read from it; the process's own if nil.
  public init(dataFolder: String? = nil, environment given: [String: String]? = nil) {
    let environment = given ?? ProcessInfo.processInfo.environment
    userFolder = environment["HOME"] ?? "."
    let shared = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? userFolder + "/.local/share"
    home = shared + "/easel"
    folders = [dataFolder, environment["EASEL_DATA"]].compactMap { $0 }.filter { !$0.isEmpty }
  }

  /// The names of all data sets that are not paths.
  public static let names = ["digits", "fashion-mnist", "mnist", "ring8", "grid25"]

  /// The data set of that name or at that path.
  ///
  /// - Parameters:
  ///   - name: One of `names`, or the path of a folder (IDX files, or PNGs in a folder per class) or file (CSV, npz,
  ///     IDX).
  ///   - split: `train` or `test`.
  ///   - limit: At most so many examples, from the start.
  ///   - seed: Which drawing of a set that Easel draws.
  ///   - download: Whether a published set that is not here may be fetched.
  /// - Returns: The examples with their labels, unscaled.
  /// - Throws: `DatasetError`, which says what was looked for and what to do.
  public func dataset(
    _ name: String, split: String = "train", limit: Int? = nil, seed: UInt64 = 0, download: Bool = false
  ) throws(DatasetError) -> Dataset {
    guard split == "train" || split == "test" else {
      throw .invalid(argument: "split", value: "\"\(split)\"", allowed: "\"train\" or \"test\"")
    }
    let whole = try find(name, split: split, seed: seed, download: download)
    guard let limit else { return whole }
    return try whole.prefix(limit)
  }

  private func find(_ name: String, split: String, seed: UInt64, download: Bool) throws(DatasetError) -> Dataset {
    switch name {
    case "digits": return DrawnDigits.dataset(split: split, seed: seed)
    case "ring8": return PointClouds.ring8(split: split, seed: seed)
    case "grid25": return PointClouds.grid25(split: split, seed: seed)
    case "mnist": return try published(.mnist, split: split, download: download)
    case "fashion-mnist", "fashion_mnist", "fashion":
      return try published(.fashion, split: split, download: download)
    default: return try atPath(name, split: split)
    }
  }

  private func published(_ set: PublishedSet, split: String, download: Bool) throws(DatasetError) -> Dataset {
    if let folder = folder(of: set, split: split) { return try read(set, split: split, in: folder) }
    let kept = "\(home)/\(set.name)"
    guard download else {
      throw .missing(name: set.name, searched: searched(for: set), advice: set.advice)
    }
    try set.download(to: kept)
    return try read(set, split: split, in: kept)
  }

  private func read(_ set: PublishedSet, split: String, in folder: String) throws(DatasetError) -> Dataset {
    try IDXFolder.read(folder, split: split, name: set.name, classes: set.classes, source: set.source)
  }

  /// The folder that holds a split of a published set, or nil.
  func folder(of set: PublishedSet, split: String) -> String? {
    for given in folders {
      if let inside = [given + "/" + set.name, given + "/MNIST/raw"].first(where: {
        IDXFolder.holds(split: split, in: $0) && (set.name == "mnist" || !$0.hasSuffix("/MNIST/raw"))
      }) {
        return inside
      }
      // The folder itself may hold another set in files of the same names: its labels tell.
      if IDXFolder.holds(split: split, in: given), set.hasLabels(split: split, in: given) { return given }
    }
    return ([home + "/" + set.name] + set.folders).first { IDXFolder.holds(split: split, in: $0) }
  }

  private func searched(for set: PublishedSet) -> [String] {
    folders.flatMap { [$0 + "/" + set.name, $0] } + [home + "/" + set.name] + set.folders
  }

  private func atPath(_ name: String, split: String) throws(DatasetError) -> Dataset {
    let path = expanded(name)
    let title = lastPart(of: path)
    switch FileBytes.kind(of: path) {
    case .nothing:
      throw path.contains("/") ? .notFound(path: path) : .unknownName(name: name, known: Self.names)
    case .folder:
      if IDXFolder.holds(split: split, in: path) {
        return try IDXFolder.read(path, split: split, name: title)
      }
      if let other = ["train", "test"].first(where: { $0 != split && IDXFolder.holds(split: $0, in: path) }) {
        throw .nothingInside(path: path, wanted: "IDX files of split=\"\(split)\", but those of split=\"\(other)\"")
      }
      let part = path + "/" + split
      return try ImageFolder.read(FileBytes.kind(of: part) == .folder ? part : path, name: title, split: split)
    case .file:
      if path.hasSuffix(".csv") || path.hasSuffix(".csv.gz") {
        return try CSVFile.read(path, name: title, split: split)
      }
      if path.hasSuffix(".npz") { return try ArrayArchive.read(path, name: title, split: split) }

      return try Dataset(
        images: IDXFile(path: path), labels: nil, path: path, name: title, split: split, classes: [], source: path)
    }
  }

  private func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? userFolder + path.dropFirst() : path
  }

  private func lastPart(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension PublishedSet {
  /// Whether the label file of a split in a folder is this set's: the small file tells sets apart quickly.
  func hasLabels(split: String, in folder: String) -> Bool {
    guard let names = IDXFolder.fileNames(split: split), let path = IDXFolder.path(of: names.labels, in: folder),
      let bytes = try? FileBytes.read(path)
    else { return false }
    return SHA256.hexadecimal(of: bytes) == digests[names.labels]
  }
}
