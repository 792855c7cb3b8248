// SPDX-License-Identifier: Apache-2.0
public import Language

/// What the host of the builtins does for a session besides its table.
public struct HostServices {
  /// Makes what the host's builtins keep between calls, fresh.
  public var makeState: () -> AnyObject?
  /// Told the number of an input before it runs.
  public var inputStarts: (_ state: AnyObject?, _ number: Int) -> Void
  /// Told when an input has run, well or not.
  public var inputEnds: (_ state: AnyObject?) -> Void
  /// Commands on the session that need the host.
  public var magics: [Magic]
  /// Names of data sets, for completion.
  public var dataSetNames: [String]
  /// What `%set` can change in the host, given its state.
  public var settings: (_ state: AnyObject?) -> [Setting]
  /// What `%doctor` and `easel doctor` find out, given the state.
  public var checks: (_ state: AnyObject?) -> [Check]
  /// A text that two objects share only when they are equal to the last bit; nil for what cannot be compared.
  public var fingerprint: (Value) -> String?
  /// The statement that brings the random streams to where they are now; nil when the host has none.
  public var streamStatement: (_ state: AnyObject?) -> String?

  /// Makes services; by default there are none.
  public init(
    makeState: @escaping () -> AnyObject? = { nil },
    inputStarts: @escaping (AnyObject?, Int) -> Void = { _, _ in },
    inputEnds: @escaping (AnyObject?) -> Void = { _ in }, magics: [Magic] = [], dataSetNames: [String] = [],
    settings: @escaping (AnyObject?) -> [Setting] = { _ in [] },
    checks: @escaping (AnyObject?) -> [Check] = { _ in [] }, fingerprint: @escaping (Value) -> String? = { _ in nil },
    streamStatement: @escaping (AnyObject?) -> String? = { _ in nil }
  ) {
    self.makeState = makeState
    self.inputStarts = inputStarts
    self.inputEnds = inputEnds
    self.magics = magics
    self.dataSetNames = dataSetNames
    self.settings = settings
    self.checks = checks
    self.fingerprint = fingerprint
    self.streamStatement = streamStatement
  }
}

/// Something that `%set` shows and changes.
public struct Setting {
  /// What follows `%set`.
  public let name: String
  /// One sentence.
  public let text: Text
  /// The words that it takes; empty when it takes anything that `write` takes.
  public let choices: [String]
  /// What a value must be now, where it is no word.
  let needs: () -> Text?
  let read: () -> String
  let write: (String) -> Bool

  /// Makes a setting; `write` returns false for a value that makes no sense.
  public init(
    _ name: String, _ text: Text, choices: [String] = [], needs: @escaping () -> Text? = { nil },
    read: @escaping () -> String, write: @escaping (String) -> Bool
  ) {
    self.name = name
    self.text = text
    self.choices = choices
    self.needs = needs
    self.read = read
    self.write = write
  }
}

/// One line of `%doctor`.
public struct Check: Sendable {
  /// What was looked at.
  public let subject: Text
  /// What was found.
  public let finding: Text
  /// How to make it better; nil when all is well.
  public let remedy: Text?

  /// Makes a line; without a remedy it says ok.
  public init(_ subject: Text, _ finding: Text, remedy: Text? = nil) {
    self.subject = subject
    self.finding = finding
    self.remedy = remedy
  }
}
