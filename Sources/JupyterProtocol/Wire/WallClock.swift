// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A moment, written as the protocol wants it: ISO 8601 in UTC with microseconds.
public struct WallClock: Sendable, Hashable, CustomStringConvertible {
  /// Seconds since 1970.
  public let seconds: Int
  /// Microseconds of that second.
  public let microseconds: Int

  /// Makes a moment.
  public init(seconds: Int, microseconds: Int = 0) {
    self.seconds = seconds
    self.microseconds = microseconds
  }

  /// This moment.
  public static var now: WallClock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallClock(seconds: time.tv_sec, microseconds: time.tv_nsec / 1000)
  }

  /// Such as `2026-03-01T12:00:00.000123Z`.
  public var description: String {
    let (day, second) = seconds.flooredDivision(by: 86_400)
    let (year, month, date) = Self.civil(day)
    let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))T\(clock).\(padded(microseconds, 6))Z"
  }

  /// Year, month and day of a number of days since 1970, by the Gregorian calendar's 400-year period.
  private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
    // Counted from 1 March of the year 0, so that the leap day ends a year.
    let (era, dayOfEra) = (day + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }
}

extension Int {
  /// Quotient rounded down and the remainder that is never negative.
  fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
