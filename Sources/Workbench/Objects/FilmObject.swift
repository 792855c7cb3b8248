// SPDX-License-Identifier: Apache-2.0
import Figures
public import Language
import Tensors

/// The same noise, or the same images, at several steps of a training: a row of pictures for each step.
public final class FilmObject: HostObject {
  /// The pictures of all steps, a row each.
  let images: ImagesObject
  /// The steps, rising.
  let steps: [Int]
  /// Whether notebooks show it moving.
  let isMoving: Bool

  init(_ images: ImagesObject, steps: [Int], isMoving: Bool) {
    self.images = images
    self.steps = steps
    self.isMoving = isMoving
  }

  /// The name of the type.
  public static var typeName: String { "Film" }

  /// What can be asked of a film behind a dot.
  public static let fields: [Field<FilmObject>] = [
    Field("steps", Text("The step of each frame.", zh: "每一帧的步数。")) { $0.steps },
    Field("images", Text("All pictures, a row for each frame.", zh: "全部图像，每帧一行。")) { $0.images.value },
    Field("shape", Text("Frames, pictures a frame, and the shape of a picture.", zh: "帧数、每帧图像数与图像形状。")) { film in
      Shape([film.steps.count, film.images.columns] + film.images.tensor.shape.dimensions.dropFirst())
    },
  ]

  /// A film is a value.
  public var isReference: Bool { false }

  /// As in `Film 8 frames × 8 pictures  gan over its steps 0 … 300, fixed noise`.
  public func line(_ context: DisplayContext) -> String {
    let size = "\(steps.count) × \(images.columns)"
    return "Film \(size)  \(images.caption(context.language))"
  }

  /// The grid of all frames, or in notebooks the frames one after the other.
  public func display(_ context: DisplayContext) -> Display { FilmPictures(self).display(context) }

  /// How many frames there are.
  public var length: Int? { steps.count }

  /// A frame as pictures.
  public func subscripted(_ subscripts: [Language.Subscript], _ call: Call) throws -> Value? {
    guard subscripts.count == 1, case .index(let value) = subscripts[0], let index = Int.convert(value) else {
      return nil
    }
    guard index < steps.count, index >= -steps.count else {
      throw TableFault.noFrame(index: index, count: steps.count)
    }
    let place = index < 0 ? index + steps.count : index
    let count = images.columns
    let part = try images.tensor.sliced(axis: 0, from: place * count, to: (place + 1) * count)
    let step = steps[place]
    return ImagesObject(
      part, range: images.range, columns: count,
      caption: Text("step \(step) of a film", zh: "影片的第 \(step) 步")
    ).value
  }
}

extension FilmObject: FigureConvertible {
  func figure(_ context: DisplayContext) -> any Figure { images.figure(context) }
}
