// SPDX-License-Identifier: Apache-2.0
public import JupyterProtocol
public import KernelSession
import ZeroMQ

/// A kernel: listens where a connection file says, and executes what clients send in one session.
public struct KernelServer: Sendable {
  /// What can be chosen when a kernel starts.
  public struct Options: Sendable {
    /// The version of Easel.
    public var version: String
    /// How much is logged.
    public var logLevel = Log.Level.warning
    /// Whether the kernel is the whole process: it then reads its signals, catches what native code prints, reports
    /// traps and ends with its parent.
    public var ownsProcess = true
    /// Whether text is sent as fast as it comes, which Jupyter Server would not pass on.
    public var sendsUnlimited = false
    /// Whether cells may run into traps on purpose, for tests.
    public var allowsTraps = false
    /// The process that started the kernel, as the environment names it.
    public var parent: String?
    /// The file by which a kernel that crashed tells the next one; nil for none.
    public var crashNote: String?

    /// Makes options; the defaults suit a process of its own.
    public init(version: String) {
      self.version = version
    }
  }

  /// For what a session is made.
  public enum Shell: Sendable, CaseIterable {
    /// The cells of notebooks and consoles.
    case main
    /// What is executed beside them; sees its own variables only.
    case sub
  }

  private let file: ConnectionFile
  private let options: Options

  /// Makes a kernel that listens where `file` says.
  public init(_ file: ConnectionFile, options: Options) {
    self.file = file
    self.options = options
  }

  /// Runs the kernel on this thread until it is told to end.
  ///
  /// - Parameters:
  ///   - makeSession: Makes a session; called on the thread that executes, once for each shell.
  ///   - isListening: Called with the address of each channel as soon as they are bound.
  /// - Returns: The exit code of the process.
  /// - Throws: `KernelError` when it cannot start.
  public func run(
    makeSession: @escaping @Sendable (Shell) -> Session,
    isListening: ([ConnectionFile.Channel: String]) -> Void = { _ in }
  ) throws(KernelError) -> Int32 {
    let thread: IOThread
    do throws(ZMQError) {
      thread = try IOThread(file, options: options, makeSession: makeSession)
    } catch {
      throw .cannotListen(reason: error.description)
    }
    isListening(thread.addresses)
    return thread.run()
  }
}

/// Why a kernel cannot start.
public enum KernelError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A socket could not be bound.
  case cannotListen(reason: String)

  /// What happened, in English, one line.
  public var description: String {
    switch self {
    case .cannotListen(let reason): "cannot listen: \(reason)"
    }
  }
}
