// SPDX-License-Identifier: Apache-2.0

/// What a value looks like, in every form that a front may want.
///
/// `plain` is good by itself: no escape codes, at most 80 columns wide unless asked otherwise.
public struct Display: Sendable {
  /// The form that every front can show.
  public var plain: String
  /// Richer forms of the same content, for fronts that speak MIME.
  public var parts: [MIMEPart]
  /// How a terminal draws it, when it can do better than `plain`.
  public var drawing: (any TerminalDrawing)?
  /// The lines below a picture, without a final line end; empty for none.
  ///
  /// Its beginning is the end of `plain` and of what `drawing` draws; what follows says what the picture cannot show.
  /// A front that shows a picture of `parts` prints it by itself, because notebooks show no description of a picture.
  public var caption: String

  /// Makes a display from its plain text and, when there are any, its richer forms.
  public init(
    _ plain: String, parts: [MIMEPart] = [], drawing: (any TerminalDrawing)? = nil, caption: String = ""
  ) {
    self.plain = plain
    self.parts = parts
    self.drawing = drawing
    self.caption = caption
  }

  /// `plain` without the caption, or as much of its beginning as stands at the end of `plain`.
  public var plainWithoutCaption: String {
    var lines = caption.split(separator: "\n", omittingEmptySubsequences: false)
    while !lines.isEmpty {
      let end = "\n" + lines.joined(separator: "\n")
      if end.count > 1, plain.hasSuffix(end) { return String(plain.dropLast(end.count)) }
      lines.removeLast()
    }
    return plain
  }
}

/// One form of a display under its MIME type.
public struct MIMEPart: Sendable {
  /// The bytes or the text of a part.
  public enum Content: Sendable, Hashable {
    /// Text as it stands: HTML, SVG, Markdown.
    case text(String)
    /// Binary data; a front encodes it as its wire needs.
    case bytes([UInt8])
    /// A JSON document, already serialised.
    case json(String)
  }

  /// The MIME type, such as `image/png`.
  public var type: String
  /// The content.
  public var content: Content
  /// Size and description of a picture.
  public var picture: PictureMetadata?

  /// Makes one form of a display.
  public init(_ type: String, _ content: Content, picture: PictureMetadata? = nil) {
    self.type = type
    self.content = content
    self.picture = picture
  }
}

/// The size at which a picture is shown, and its description for those who cannot see it.
public struct PictureMetadata: Sendable, Hashable {
  /// Width in CSS pixels.
  public var width: Int
  /// Height in CSS pixels.
  public var height: Int
  /// The description, one sentence.
  public var alt: String

  /// Makes the metadata of a picture.
  public init(width: Int, height: Int, alt: String) {
    self.width = width
    self.height = height
    self.alt = alt
  }
}
