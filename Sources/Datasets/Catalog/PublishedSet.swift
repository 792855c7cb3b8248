// SPDX-License-Identifier: Apache-2.0

/// A published set of four IDX files: where it may be found and how its contents are known.
struct PublishedSet: Sendable {
  let name: String
  let classes: [String]
  /// Where the files come from, for captions.
  let source: String
  /// Folders that are looked into, after those the caller names.
  let folders: [String]
  /// What a person may do when the set is nowhere.
  let advice: String
  /// Addresses of folders with the four packed files; empty when there is nothing to fetch.
  let mirrors: [String]
  /// SHA-256 of each file's unpacked contents: mirrors pack the same contents differently.
  let digests: [String: String]

  static let mnist = PublishedSet(
    name: "mnist", classes: (0..<10).map(String.init), source: "MNIST (LeCun, Cortes, Burges)",
    folders: ["data/mnist", "data/MNIST/raw"],
    advice: "give the folder with its four IDX files by --data or EASEL_DATA, or ask for a download "
      + "(download=True; 11 MB)",
    mirrors: [
      "https://ossci-datasets.s3.amazonaws.com/mnist", "https://storage.googleapis.com/cvdf-datasets/mnist",
      "https://yann.lecun.com/exdb/mnist",
    ],
    digests: [
      "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ])

  static let fashion = PublishedSet(
    name: "fashion-mnist",
    classes: [
      "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ],
    source: "Fashion-MNIST (Zalando Research, MIT)",
    folders: ["/usr/share/datasets/fashion-mnist", "data/fashion-mnist", "data/FashionMNIST/raw"],
    advice: "on Debian: apt install dataset-fashion-mnist; elsewhere ask for a download (download=True; 31 MB)",
    mirrors: ["https://fashion-mnist.s3-website.eu-central-1.amazonaws.com"],
    digests: [
      "train-images-idx3-ubyte": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      "train-labels-idx1-ubyte": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      "t10k-images-idx3-ubyte": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      "t10k-labels-idx1-ubyte": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ])

  /// Fetches all four files into `folder`, from the first mirror that gives the published contents.
  ///
  /// Nothing is kept under its final name before its contents are known to be the published ones.
  func download(to folder: String) throws(DatasetError) {
    try FileBytes.makeFolder(folder)
    for (file, digest) in digests.sorted(by: { $0.key < $1.key }) where IDXFolder.path(of: file, in: folder) == nil {
      try fetch(file, digest: digest, to: folder)
    }
  }

  private func fetch(_ file: String, digest: String, to folder: String) throws(DatasetError) {
    var reasons: [String] = []
    for mirror in mirrors {
      let address = "\(mirror)/\(file).gz"
      do {
        return try keep(try Download.contents(of: address, through: folder), named: file, digest: digest, in: folder)
      } catch .tensor(let interruption) {
        throw .tensor(interruption)
      } catch .downloadFailed(_, let causes) {
        reasons.append("\(address): \(causes.joined(separator: "; "))")
      } catch {
        reasons.append("\(address): \(error)")
      }
    }
    throw .downloadFailed(name: name, reasons: reasons)
  }

  private func keep(_ bytes: [UInt8], named file: String, digest: String, in folder: String) throws(DatasetError) {
    let found = SHA256.hexadecimal(of: try FileBytes.unpacked(bytes, path: file))
    guard found == digest else { throw .checksum(path: file, expected: digest, found: found) }
    try FileBytes.write(bytes, to: "\(folder)/\(file).gz")
  }
}
