// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Testing

@Suite struct JSONTests {
  @Test(
    "A document survives reading and writing",
    arguments: [
      "null", "true", "[1,-2,0.5,1e+20]", #"{"a":{"b":[{}]},"":""}"#, #""\u0001\t\n\r\b\f\"\\""#, #""数据 😀 ½""#,
      "9223372036854775807", "-9223372036854775808", "[]", "{}",
    ])
  func roundTrip(text: String) throws {
    let first = try JSON(parsing: Array(text.utf8))
    let second = try JSON(parsing: first.serialized)
    #expect(first == second)
  }

  @Test("Escapes mean what RFC 8259 says, pairs of surrogates included")
  func escapes() throws {
    let text = #""\u0041\/\ud83d\ude00\u00e9""#
    #expect(try JSON(parsing: Array(text.utf8)) == .string("A/😀é"))
  }

  @Test("Numbers that fit are whole, larger ones are not, and none overflows")
  func numbers() throws {
    #expect(try JSON(parsing: Array("9223372036854775808".utf8)) == .number(9223372036854775808))
    #expect(try JSON(parsing: Array("-0".utf8)) == .integer(0))
    #expect(throws: JSONError.self) { try JSON(parsing: Array("1e999".utf8)) }
    #expect(throws: JSONError.self) { try JSON(parsing: Array("01".utf8)) }
    #expect(throws: JSONError.self) { try JSON(parsing: [UInt8](repeating: UInt8(ascii: "1"), count: 5000)) }
  }

  @Test("NaN and infinity are written as strings, for which JSON has a form")
  func notANumber() {
    let document: JSON = [.number(.nan), .number(.infinity), .number(-.infinity)]
    #expect(String(decoding: document.serialized, as: UTF8.self) == #"["NaN","Infinity","-Infinity"]"#)
  }

  @Test(
    "A text that is no document is refused with the reason",
    arguments: [
      (#"{"a":1"#, JSONError.Reason.ended), (#"{"a" 1}"#, .unexpected), ("[1,]", .unexpected), ("nul", .unexpected),
      (#""\ud800""#, .notUnicode), (#""\ud800\u0041""#, .notUnicode), (#""\udc00""#, .notUnicode),
      (#""\x41""#, .unexpected), ("\"\u{01}\"", .unexpected), ("1.", .badNumber), ("[1] 2", .unexpected),
      ("", .ended), ("NaN", .unexpected), ("{1:2}", .unexpected), ("'a'", .unexpected),
    ])
  func refusals(text: String, reason: JSONError.Reason) {
    #expect { try JSON(parsing: Array(text.utf8)) } throws: { ($0 as? JSONError)?.reason == reason }
  }

  @Test("Bytes that are not UTF-8 are refused")
  func notUnicode() {
    #expect { try JSON(parsing: [0x22, 0xC3, 0x28, 0x22]) } throws: { ($0 as? JSONError)?.reason == .notUnicode }
  }

  @Test("Deep nesting is refused instead of using up the stack")
  func nesting() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect { try JSON(parsing: deep) } throws: { ($0 as? JSONError)?.reason == .tooDeep }
    let fine = String(repeating: "[", count: JSON.deepestNesting) + String(repeating: "]", count: JSON.deepestNesting)
    _ = try JSON(parsing: Array(fine.utf8))
  }

  @Test("No beginning of a document is taken for a whole one, and none traps")
  func prefixes() {
    let document = Array(#"{"code":"é😀\u00e9\n","n":[-1.5e3,true,null],"o":{"p":"q"}}"#.utf8)
    for length in document.indices {
      #expect(throws: JSONError.self) { try JSON(parsing: Array(document[..<length])) }
    }
  }

  @Test("The last of several members with one name counts")
  func duplicates() throws {
    #expect(try JSON(parsing: Array(#"{"a":1,"a":2}"#.utf8))["a"] == .integer(2))
  }
}
