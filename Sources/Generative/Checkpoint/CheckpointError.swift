// SPDX-License-Identifier: Apache-2.0
public import TensorFiles

/// Why a saved training could not be written, read or gone on with.
public enum CheckpointError: Error {
  /// The file cannot be read or written, or is damaged.
  case file(path: String, TensorFileError)
  /// A file of tensors that Easel did not save a training in.
  case notACheckpoint(path: String)
  /// A form of the file that this version does not know.
  case version(path: String, found: String, known: String)
  /// An entry that is missing or cannot be understood.
  case entry(path: String, name: String, reason: String)
  /// A training that cannot be made again from its file alone; its weights can be loaded into one that is.
  case needsParts(path: String, reason: String)
  /// Data that are not those the training used.
  case otherData(path: String, expected: String, found: String)
  /// The training itself refuses what the file holds.
  case trainer(TrainerError)
}

extension CheckpointError: CustomStringConvertible {
  /// The error as one English sentence.
  public var description: String {
    switch self {
    case .file(let path, let error): "\(path): \(error)"
    case .notACheckpoint(let path): "\(path): tensors, but no saved training"
    case .version(let path, let found, let known):
      "\(path): saved in form \(found); this version of Easel knows \(known)"
    case .entry(let path, let name, let reason): "\(path): entry \"\(name)\": \(reason)"
    case .needsParts(let path, let reason): "\(path): cannot be made again from the file alone: \(reason)"
    case .otherData(let path, let expected, let found): "\(path): trained on \(expected), not on \(found)"
    case .trainer(let error): "\(error)"
    }
  }
}
