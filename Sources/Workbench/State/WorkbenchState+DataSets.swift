// SPDX-License-Identifier: Apache-2.0
import Datasets

extension WorkbenchState {
  /// The named data sets with where each one is; nil, and how to get it, for one that is not here.
  public var dataSets: [(name: String, place: String?, advice: String)] {
    catalog.entries.map { ($0.name, $0.place, $0.advice) }
  }
}
