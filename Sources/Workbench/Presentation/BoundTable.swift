// SPDX-License-Identifier: Apache-2.0
import Generative
import Language

/// The bound of a VAE on data as a table: a row a code unit, the terms above, what kind of number it is below.
struct BoundTable {
  private let vae: VAEArgument
  private let report: LowerBoundReport
  private let importance: ImportanceBound?
  private let isBinarized: Bool

  init(
    _ vae: VAEArgument, _ report: LowerBoundReport, _ importance: ImportanceBound?, isBinarized: Bool
  ) {
    self.vae = vae
    self.report = report
    self.importance = importance
    self.isBinarized = isBinarized
  }

  var table: TableObject {
    let active = report.unitVariances.map { $0 > 0.01 }
    let rows = report.unitDivergences.enumerated().map { index, divergence -> [Value] in
      [.int(index), .float(divergence), .float(report.unitVariances[index]), .bool(active[index])]
    }
    let terms = [
      NamedValue("recon", report.reconstruction), NamedValue("kl", report.divergence),
      NamedValue("total", report.total),
    ]
    let errors = [
      "recon": report.errors.reconstruction, "kl": report.errors.divergence, "total": report.errors.total,
    ]
    return TableObject(
      ["unit", "kl per image", "variance of mean", "active"], rows: rows,
      title: "\(vae.object.name), \(report.images) images: \(TrainerText.figures(terms, errors: errors))",
      notes: [kind] + [importanceNote].compactMap { $0 } + [
        Text(
          "\(report.activeUnits) of \(rows.count) units active (variance of the mean above 0.01)",
          zh: "\(rows.count) 个单元中有 \(report.activeUnits) 个活跃（均值方差大于 0.01）")
      ],
      figures: terms.map { ($0.name, EstimateObject($0.value, error: errors[$0.name] ?? 0).value) }
        + [("active_units", .int(report.activeUnits))]
        + (importance.map { [("iwae", EstimateObject($0.nats, error: $0.standardError).value)] } ?? []))
  }

  private var kind: Text {
    report.isLikelihood
      ? Text("−ELBO, nats per image", zh: "−ELBO，每幅图像的奈特数")
      : Text(
        "squared error + KL per image: not a likelihood, because mse leaves out a constant",
        zh: "每幅图像的平方误差 + KL：不是似然，因为 mse 略去了常数")
  }

  private var importanceNote: Text? {
    importance.map { bound in
      let (codes, nats) = (bound.codes, Numbers.measured(bound.nats, error: bound.standardError))
      let pixels =
        vae.trainer.reconstruction == .gaussian
        ? Text("a density of pixels", zh: "像素的密度")
        : isBinarized
          ? Text("pixels rounded to 0 or 1", zh: "像素取整为 0 或 1")
          : Text("grey pixels as probabilities", zh: "灰度像素作为概率")
      return Text(
        "IWAE bound with \(codes) codes: \(nats) nats per image (\(pixels.english))",
        zh: "\(codes) 个编码的 IWAE 下界：每幅图像 \(nats) 奈特（\(pixels.chinese)）")
    }
  }
}
