// SPDX-License-Identifier: Apache-2.0

/// What this build calls itself.
public enum Release {
  /// The version, as `easel --version` prints it.
  public static let version = "0.1.0"
}
