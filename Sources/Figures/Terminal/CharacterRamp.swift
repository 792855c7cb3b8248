// SPDX-License-Identifier: Apache-2.0
import Images

/// One grey value a character: shades of the block elements, or ASCII by its darkness.
struct CharacterRamp {
  /// The characters from black to white.
  let characters: [Character]

  /// The shades ` ░▒▓█`.
  static let shade = CharacterRamp(characters: [" ", "░", "▒", "▓", "█"])
  /// ASCII.
  static let ascii = CharacterRamp(characters: Array(" .:-=+*#%@"))

  /// The lines of a picture, one character a pixel; what is transparent is blank.
  func lines(of bitmap: Bitmap) -> [String] {
    let grey = bitmap.converted(to: .grey)
    return (0..<grey.height).map { row in
      var line = ""
      for column in 0..<grey.width {
        let value = Int(grey.pixels[row * grey.width + column])
        line.append(characters[min(characters.count - 1, value * characters.count / 256)])
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
