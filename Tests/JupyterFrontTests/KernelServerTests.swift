// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Testing

@testable import JupyterFront

@Suite(.serialized) struct KernelServerTests {
  @Test(
    "A kernel executes, answers, is stopped and ends, over each transport and with each signature",
    arguments: [
      (ConnectionFile.Transport.tcp, "key", SignatureScheme.sha256), (.ipc, "key", .sha256), (.tcp, "", .sha256),
      (.tcp, "schlüssel", .sha512),
    ])
  func conversation(transport: ConnectionFile.Transport, key: String, scheme: SignatureScheme) throws {
    let kernel = try LoopbackKernel(transport, key: key, scheme: scheme)
    let client = try LoopbackClient(kernel)
    let info = try client.reply(to: try client.send("kernel_info_request", on: .control), on: .control)
    #expect(info.content["protocol_version"] == "5.5")
    let (reply, outputs) = try client.execute("6 * 7")
    #expect(reply["status"] == "ok" && reply["execution_count"] == 1)
    #expect(outputs.map(\.type) == ["execute_input", "execute_result"])
    #expect(outputs.last?.content["data"]?["text/plain"] == "42")

    let endless = try client.send("execute_request", ["code": "while True { }"])
    _ = try client.next(on: .iopub) { $0.type == "execute_input" }
    let question = try client.send("complete_request", ["code": "pri", "cursor_pos": 3])
    #expect(try client.reply(to: question).content["matches"]?.elements?.contains("print") == true)
    try client.send("interrupt_request", on: .control)
    #expect(try client.reply(to: endless).content["ename"] == "Interrupted")

    let end = try client.send("shutdown_request", ["restart": true], on: .control)
    #expect(try client.reply(to: end, on: .control).content["restart"] == true)
    #expect(kernel.wait() == 0)
  }

  @Test("Poison is dropped, and what comes after it is answered")
  func poison() throws {
    let kernel = try LoopbackKernel()
    let client = try LoopbackClient(kernel)
    try client.send("execute_request", ["code": "print(1)"]) { $0.signature = [] }
    try client.send("execute_request", ["code": "print(2)"]) { $0.content = Array(#"{"code":"print(3)"}"#.utf8) }
    try client.send("execute_request", ["code": "print(4)"]) { $0.header = [0xFF] }
    let (reply, outputs) = try client.execute("print(5)")
    #expect(reply["status"] == "ok" && reply["execution_count"] == 1)
    #expect(outputs.last?.content["text"] == "5\n")
    try client.send("shutdown_request", on: .control)
    #expect(kernel.wait() == 0)
  }

  @Test("A cell asks, and takes the answer to its own question only")
  func input() throws {
    let kernel = try LoopbackKernel()
    let client = try LoopbackClient(kernel)
    let cell = try client.send("execute_request", ["code": #"print("hello", input("who? "))"#])
    let question = try client.next(on: .stdin) { $0.type == "input_request" }
    #expect(question.content == ["prompt": "who? ", "password": false])
    try client.send("input_reply", ["value": "nobody"], on: .stdin) { $0.signature = [1] }
    try client.send("input_reply", ["value": "me"], on: .stdin)
    #expect(try client.reply(to: cell).content["status"] == "ok")
    #expect(try client.outputs(of: cell).last?.content["text"] == "hello me\n")
    try client.send("shutdown_request", on: .control)
    #expect(kernel.wait() == 0)
  }

  @Test("A taken port is told, and the process can go on")
  func takenPort() throws {
    let kernel = try LoopbackKernel()
    let port = Int(kernel.addresses[.shell]?.split(separator: ":").last ?? "") ?? 0
    let info: JSON = [
      "shell_port": .integer(port), "iopub_port": 0, "stdin_port": 0, "control_port": 0, "hb_port": 0,
    ]
    var options = KernelServer.Options(version: "test")
    options.ownsProcess = false
    let second = KernelServer(try ConnectionFile(parsing: info.serialized), options: options)
    let error = #expect(throws: KernelError.self) {
      try second.run(makeSession: { _ in preconditionFailure("Nothing is executed without sockets.") })
    }
    #expect(error?.description.contains("\(port)") == true)
    let client = try LoopbackClient(kernel)
    try client.send("shutdown_request", on: .control)
    #expect(kernel.wait() == 0)
  }
}
