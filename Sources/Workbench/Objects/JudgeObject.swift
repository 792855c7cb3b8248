// SPDX-License-Identifier: Apache-2.0
public import Language
public import QualityMetrics

/// A classifier trained on real data, in whose eyes samples are measured.
public final class JudgeObject: HostObject {
  /// The judge.
  public let judge: Judge

  /// Wraps a judge.
  public init(_ judge: Judge) { self.judge = judge }

  /// The name of the type.
  public static var typeName: String { "Judge" }

  /// What can be asked of a judge behind a dot.
  public static let fields: [Field<JudgeObject>] = [
    Field("accuracy", Text("The share of test images that it names rightly.", zh: "测试图像上的正确率。")) { $0.judge.accuracy },
    Field("name", Text("The data that it was trained on.", zh: "训练所用的数据。")) { $0.judge.name },
    Field("classes", Text("The names of the classes.", zh: "各类别的名字。")) { $0.judge.classes },
  ]

  /// As in `Judge: digits classifier, 98.1 % on test`.
  public func line(_ context: DisplayContext) -> String { "Judge: " + Self.title(judge)(context.language) }

  /// The line.
  public func display(_ context: DisplayContext) -> Display { Display(line(context)) }

  /// Who judges and how well, to stand beside every figure.
  static func title(_ judge: Judge) -> Text {
    let share = NumberText.fixed(judge.accuracy * 100, 1)
    return Text("\(judge.name) classifier, \(share) % on test", zh: "\(judge.name) 分类器，测试正确率 \(share) %")
  }
}
