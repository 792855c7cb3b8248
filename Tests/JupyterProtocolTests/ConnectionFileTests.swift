// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Testing

@Suite struct ConnectionFileTests {
  let ports = #""shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5"#

  @Test("A connection file names five addresses, each in the form of its transport")
  func addresses() throws {
    let tcp = try read(#"{"ip":"127.0.0.1","transport":"tcp","key":"k",\#(ports)}"#)
    #expect(tcp.address(of: .shell) == "tcp://127.0.0.1:1")
    #expect(tcp.address(of: .heartbeat) == "tcp://127.0.0.1:5")
    #expect(tcp.scheme == .sha256 && tcp.key == "k" && tcp.curve == nil)
    let ipc = try read(#"{"ip":"/run/k-ipc","transport":"ipc","signature_scheme":"hmac-sha512",\#(ports)}"#)
    #expect(ipc.address(of: .iopub) == "ipc:///run/k-ipc-2")
    #expect(ipc.scheme == .sha512 && ipc.key.isEmpty)
  }

  @Test("Both keys of CurveZMQ are needed, each of its length")
  func curve() throws {
    let key = String(repeating: "x", count: 40)
    let file = try read(#"{"curve_publickey":"\#(key)","curve_secretkey":"\#(key)",\#(ports)}"#)
    #expect(file.curve?.publicKey == key && file.curve?.secretKey == key)
    #expect(throws: ConnectionFileError.missing(field: "curve_secretkey")) {
      try read(#"{"curve_publickey":"\#(key)",\#(ports)}"#)
    }
    #expect(throws: ConnectionFileError.wrongType(field: "curve_secretkey", wanted: "40 characters of Z85")) {
      try read(#"{"curve_publickey":"\#(key)","curve_secretkey":"short",\#(ports)}"#)
    }
  }

  @Test(
    "A file that cannot be used says why in one line, and never a key",
    arguments: [
      "", "[]", "{", #"{"shell_port":1}"#, #"{"transport":"udp"}"#, #"{"signature_scheme":"hmac-md5"}"#,
      #"{"key":7}"#, #"{"ip":""}"#, #"{"shell_port":"1"}"#, #"{"shell_port":70000}"#, #"{"shell_port":-1}"#,
      #"{"ip":"a\u0000b"}"#,
    ])
  func refusals(text: String) {
    let error = #expect(throws: ConnectionFileError.self) { try read(text) }
    #expect(error?.description.contains("\n") == false)
  }

  @Test("The kernel specification says how to start, stop and encrypt")
  func kernelSpec() throws {
    let spec = KernelSpec(executable: "/opt/a b/easel").json
    let written = try JSON(parsing: spec.serialized)
    #expect(written["argv"]?.elements?.first == .string("/opt/a b/easel"))
    #expect(written["argv"]?.elements?.last == .string("{connection_file}"))
    #expect(written["interrupt_mode"] == .string("message"))
    #expect(written["kernel_protocol_version"] == .string("5.5"))
    #expect(written["metadata"]?["supported_encryption"] == .array(["curve"]))
  }

  private func read(_ text: String) throws -> ConnectionFile {
    try ConnectionFile(parsing: Array(text.utf8))
  }
}
