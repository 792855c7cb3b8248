// SPDX-License-Identifier: Apache-2.0

extension Magic {
  /// The commands of the session itself, in the order of the help.
  static let own: [Magic] = [
    who, history, save, run, time, timeit, set, reset, edit, recipe, verify, article, tour, doctor, lang, ls, cd, pwd,
    version,
  ]
}
