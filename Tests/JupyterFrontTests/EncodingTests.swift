// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import KernelSession
import Language
import Testing

@testable import JupyterFront

@Suite struct EncodingTests {
  @Test(
    "Base 64 is that of RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func base64(text: String, encoded: String) {
    #expect(JupyterFront.base64(Array(text.utf8)) == encoded)
  }

  @Test("A display becomes a bundle: plain text always, bytes in base 64, documents as they are, sizes beside them")
  func bundle() {
    let display = Display(
      "plain",
      parts: [
        MIMEPart("image/png", .bytes([0xFF, 0xFE]), picture: PictureMetadata(width: 8, height: 9, alt: "a digit")),
        MIMEPart("text/html", .text("<b>x</b>")),
        MIMEPart("application/vnd.vegalite.v5+json", .json(#"{"mark":"line"}"#)),
      ])
    let bundle = String(decoding: display.bundle.serialized, as: UTF8.self)
    #expect(
      bundle
        == #"{"text/plain":"plain","image/png":"//4=","text/html":"<b>x</b>","#
        + #""application/vnd.vegalite.v5+json":{"mark":"line"}}"#)
    let metadata = String(decoding: display.bundleMetadata.serialized, as: UTF8.self)
    #expect(metadata == #"{"image/png":{"width":8,"height":9,"alt":"a digit"}}"#)
  }

  @Test("An execution becomes a reply with everything in it")
  func reply() {
    let failure = Failure(className: "ShapeError", message: "no", lines: ["ShapeError: no"], line: 2, column: 5)
    let bad = Execution(
      status: .failed(failure), count: 3, pages: [Display("help")],
      userExpressions: ["a": .success(Display("1")), "b": .failure(failure)], wantsExit: true, nextInput: "step")
    let reply = bad.reply(.english)
    #expect(reply["status"] == "error" && reply["ename"] == "ShapeError" && reply["execution_count"] == 3)
    #expect(reply["traceback"]?.elements?.last?.text == "  at line 2, column 5 of cell [3]")
    #expect(reply["payload"]?.elements?.compactMap { $0["source"]?.text } == ["page", "set_next_input", "ask_exit"])
    #expect(reply["user_expressions"]?["a"]?["data"]?["text/plain"] == "1")
    #expect(reply["user_expressions"]?["b"]?["ename"] == "ShapeError")
    #expect(Execution(count: 1).reply(.english)["status"] == "ok")
    #expect(bad.reply(.chinese)["traceback"]?.elements?.last?.text?.contains("第 2 行") == true)
  }

  @Test("A character that is cut by a read waits for its rest")
  func unfinishedCharacters() {
    for character in ["a", "ä", "数", "😀"] {
      let bytes = Array("x\(character)".utf8)
      for cut in 1...bytes.count {
        var first = Array(bytes[..<cut])
        let rest = first.takeUnfinishedCharacter() + bytes[cut...]
        #expect(String(validating: first, as: UTF8.self) != nil)
        #expect(first + rest == bytes)
      }
    }
    var broken: [UInt8] = [0x80, 0x80, 0x80, 0x80]
    #expect(broken.takeUnfinishedCharacter() == [])
  }
}

@Suite struct KernelFolderTests {
  @Test("The kernel's folder is where clients look", arguments: [KernelFolder.Place.user, .system, .prefix("/opt/")])
  func places(place: KernelFolder.Place) throws {
    let environment = ["HOME": "/home/me", "PATH": "/bin:/opt/python/bin"]
    let folder = try KernelFolder(name: "e.1", for: place, environment: environment) { $0 == "/opt/python/bin/python3" }
    switch place {
    case .user: #expect(folder.path == "/home/me/.local/share/jupyter/kernels/e.1")
    case .system: #expect(folder.path == "/opt/python/share/jupyter/kernels/e.1")
    case .prefix: #expect(folder.path == "/opt/share/jupyter/kernels/e.1")
    }
  }

  @Test("The environment's own wishes come first")
  func wishes() throws {
    func path(_ place: KernelFolder.Place, _ environment: [String: String]) throws -> String {
      try KernelFolder(name: "e", for: place, environment: environment) { _ in true }.path
    }
    #expect(try path(.user, ["HOME": "/h", "XDG_DATA_HOME": "/x"]) == "/x/jupyter/kernels/e")
    #expect(try path(.user, ["XDG_DATA_HOME": "/x", "JUPYTER_DATA_DIR": "/j"]) == "/j/kernels/e")
    #expect(try path(.system, ["VIRTUAL_ENV": "/v", "PATH": "/bin"]) == "/v/share/jupyter/kernels/e")
    #expect(try path(.system, ["CONDA_PREFIX": "/c", "PATH": "/bin"]) == "/c/share/jupyter/kernels/e")
    #expect(throws: InstallationError.noHome) { try path(.user, [:]) }
    #expect(throws: InstallationError.noPython) { try path(.system, [:]) }
  }

  @Test("Names that clients would not find are refused", arguments: ["", ".", "..", "a/b", "ä", "a b", ".hidden"])
  func names(name: String) {
    #expect(throws: InstallationError.badName(name)) {
      try KernelFolder(name: name, for: .prefix("/opt"), environment: [:])
    }
  }
}
