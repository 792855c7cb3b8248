// SPDX-License-Identifier: Apache-2.0
import JupyterProtocol
import Language

extension Display {
  /// The MIME bundle: every form of the content by its type; plain text always.
  var bundle: JSON {
    var members = [JSON.Member("text/plain", .string(showsPicture ? plainWithoutCaption : plain))]
    for part in parts where part.type != "text/plain" {
      members.append(JSON.Member(part.type, part.content.encoded))
    }
    return .object(members)
  }

  /// Whether clients show a picture instead of the plain text.
  var showsPicture: Bool { parts.contains { $0.picture != nil } }

  /// Sizes and descriptions of the pictures in the bundle, by type.
  var bundleMetadata: JSON {
    .object(
      parts.compactMap { part in
        part.picture.map { picture in
          JSON.Member(
            part.type,
            ["width": .integer(picture.width), "height": .integer(picture.height), "alt": .string(picture.alt)])
        }
      })
  }
}

extension MIMEPart.Content {
  /// As a value in a MIME bundle: bytes in base 64, documents as they are.
  fileprivate var encoded: JSON {
    switch self {
    case .text(let text): .string(text)
    case .bytes(let bytes): .string(base64(bytes))
    case .json(let document): .raw(document)
    }
  }
}
