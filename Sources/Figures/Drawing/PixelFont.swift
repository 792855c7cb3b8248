// SPDX-License-Identifier: Apache-2.0

/// Letters of five by seven dots, for pictures; SVG has real ones.
enum PixelFont {
  /// The columns of a letter, the gap after it included.
  static let advance = 6
  /// The rows above the baseline.
  static let ascent = 7

  /// The rows of a letter from the top, five bits each, leftmost highest; letters that reach below the line have nine.
  ///
  /// - Returns: A hollow box for what the font does not have.
  static func rows(of character: Character) -> [UInt8] {
    glyphs[character] ?? [0x1F, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1F]
  }

  /// Whether every character of a text has a letter.
  static func canWrite(_ text: String) -> Bool {
    text.allSatisfy { glyphs[$0] != nil }
  }

  private static let glyphs: [Character: [UInt8]] = {
    var glyphs: [Character: [UInt8]] = [:]
    for entry in table.split(separator: "\n") {
      guard let character = entry.first else { continue }
      let digits = entry.dropFirst(2).compactMap { $0.hexDigitValue.map(UInt8.init) }
      glyphs[character] = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
    glyphs[" "] = [0, 0, 0, 0, 0, 0, 0]
    glyphs["−"] = glyphs["-"]
    return glyphs
  }()

  /// A character, a blank, and two hexadecimal digits for each row.
  private static let table = """
    ! 04040404040004
    " 0A0A0A00000000
    # 0A0A1F0A1F0A0A
    $ 040F140E051E04
    % 18190204081303
    & 0C12140815120D
    ' 04040800000000
    ( 02040808080402
    ) 08040202020408
    * 0004150E150400
    + 0004041F040400
    , 000000000C0408
    - 0000001F000000
    . 00000000000C0C
    / 00010204081000
    0 0E11131519110E
    1 040C040404040E
    2 0E11010204081F
    3 1F02040201110E
    4 02060A121F0202
    5 1F101E0101110E
    6 0608101E11110E
    7 1F010204080808
    8 0E11110E11110E
    9 0E11110F01020C
    : 000C0C000C0C00
    ; 000C0C000C0408
    < 02040810080402
    = 00001F001F0000
    > 08040201020408
    ? 0E110102040004
    @ 0E11010D15150E
    A 0E11111F111111
    B 1E11111E11111E
    C 0E11101010110E
    D 1C12111111121C
    E 1F10101E10101F
    F 1F10101E101010
    G 0E11101711110F
    H 1111111F111111
    I 0E04040404040E
    J 0702020202120C
    K 11121418141211
    L 1010101010101F
    M 111B1515111111
    N 11111915131111
    O 0E11111111110E
    P 1E11111E101010
    Q 0E11111115120D
    R 1E11111E141211
    S 0F10100E01011E
    T 1F040404040404
    U 1111111111110E
    V 11111111110A04
    W 1111111515150A
    X 11110A040A1111
    Y 1111110A040404
    Z 1F01020408101F
    [ 0E08080808080E
    \\ 00100804020100
    ] 0E02020202020E
    ^ 040A1100000000
    _ 0000000000001F
    ` 08040200000000
    a 00000E010F110F
    b 1010161911111E
    c 00000E1010110E
    d 01010D1311110F
    e 00000E111F100E
    f 0609081C080808
    g 00000F1111110F010E
    h 10101619111111
    i 04000C0404040E
    j 02000602020202120C
    k 10101214181412
    l 0C04040404040E
    m 00001A15151111
    n 00001619111111
    o 00000E1111110E
    p 00001E1111111E1010
    q 00000F1111110F0101
    r 00001619101010
    s 00000E100E011E
    t 08081C08080906
    u 0000111111130D
    v 00001111110A04
    w 0000111115150A
    x 0000110A040A11
    y 0000111111130D010E
    z 00001F0204081F
    { 02040408040402
    | 04040404040404
    } 08040402040408
    ~ 00000815020000
    × 00110A040A1100
    ± 04041F0404001F
    … 00000000000015
    · 00000004000000
    ‖ 0A0A0A0A0A0A0A
    → 0004021F020400
    ← 0004081F080400
    μ 0000111111131D1010
    σ 00000F1412120C
    ∂ 0E01010F11110E
    ≤ 0204080402000E
    ≥ 0804020408000E
    """
}
