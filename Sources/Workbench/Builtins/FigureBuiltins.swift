// SPDX-License-Identifier: Apache-2.0
import Datasets
import Figures
import Generative
import Language
import Layers
import Tensors

// Charts, pages and files of what is shown.

extension Builtin {
  static let plot = Builtin(
    "plot", .verb, in: .display,
    Text("Draws numbers as lines, each with its name at its end.", zh: "把数画成折线，线名写在线尾。"),
    Parameter<Rest<Value>>(
      "ys", Text("Vectors, lists, records, a table or a history.", zh: "向量、列表、记录、表或训练历史。")),
    Parameter<Value>(
      "x", Text("Where the values lie; counts from 1 if left out.", zh: "横坐标；省略则从 1 数起。"), default: .nothing),
    Parameter<[String]>("labels", Text("The names of the lines.", zh: "各线的名字。"), default: .list([])),
    Parameter<String>("title", Text("What is said above.", zh: "标题。"), default: ""),
    Parameter<Bool>("logy", Text("Whether the vertical axis is logarithmic.", zh: "纵轴是否取对数。"), default: false),
    Parameter<Bool>(
      "interactive", Text("Whether notebooks also get a chart that zooms.", zh: "笔记本中是否同时给出可缩放的图。"), default: false),
    examples: [
      Example("plot([3, 1, 2], title=\"loss\")", shows: "loss"),
      Example("plot((train=[1, 0.5, 0.3], test=[1, 0.7, 0.6]))", shows: "train"),
    ], seeAlso: ["hist", "scatter", "save"]
  ) { call, ys, x, labels, title, isLogarithmic, isInteractive -> FigureObject in
    if ys.elements.count == 1, case .nothing = x, let bars = TableObject.convert(ys.elements[0])?.bars(title) {
      return FigureObject(bars)
    }
    var chart = LineChart([])
    let places: [Double]? = if case .nothing = x { nil } else { try SeriesReader.numbers(x, ys.elements.count) }
    let reader = SeriesReader(call: call, names: labels, x: places)
    for (index, value) in ys.elements.enumerated() {
      if case .host(let object) = value, let plottable = object as? any Plottable {
        let part = try plottable.lineChart(call.displayContext)
        chart.series += part.series
        chart.events += part.events
        if chart.title.isEmpty { chart.title = part.title }
        if chart.xName.isEmpty { chart.xName = part.xName }
      } else {
        chart.series += try reader.series(value, index)
      }
    }
    if !title.isEmpty { chart.title = title.onOneLine }
    chart.isLogarithmic = isLogarithmic
    return FigureObject(chart, isInteractive: isInteractive)
  }

  static let histogram = Builtin(
    "hist", .verb, in: .display, Text("Draws how often values occur.", zh: "画直方图。"),
    Parameter<Rest<Value>>("x", Text("Tensors or lists; several share their bins.", zh: "张量或列表；多组共用分组。")),
    Parameter<Int>("bins", Text("How many bins.", zh: "分组数。"), default: 20),
    Parameter<[String]>("labels", Text("The names of the sets.", zh: "各组的名字。"), default: .list([])),
    Parameter<String>("title", Text("What is said above.", zh: "标题。"), default: ""),
    examples: [Example("hist(randn(1000), title=\"noise\")", shows: "noise")], seeAlso: ["plot"]
  ) { call, sets, bins, labels, title -> FigureObject in
    let read = try sets.elements.enumerated().map { index, value -> (name: String, values: [Float]) in
      let name = labels.indices.contains(index) ? labels[index] : call.argumentText(index) ?? "x\(index + 1)"
      if let tensor = Tensor.convert(value) { return (name.cut(to: 24), tensor.scalars()) }
      return (name.cut(to: 24), try SeriesReader.numbers(value, index).map { Float($0) })
    }
    return FigureObject(Histogram(read, bins: bins, title: title))
  }

  static let scatter = Builtin(
    "scatter", .verb, in: .display, Text("Draws points in a plane.", zh: "画平面散点图。"),
    Parameter<Rest<Value>>("xy", Text("Points [n, 2], or data sets of points.", zh: "点 [n, 2]，或由点组成的数据集。")),
    Parameter<Value>("color", Text("A class for each point.", zh: "每个点的类别。"), default: .nothing),
    Parameter<[String]>("labels", Text("The names of the groups.", zh: "各组的名字。"), default: .list([])),
    Parameter<String>("title", Text("What is said above.", zh: "标题。"), default: ""),
    Parameter<Tensor?>(
      "arrows", Text("An arrow for each of the last points, such as a gradient.", zh: "最后一组各点上的箭头，例如梯度。"),
      default: .nothing),
    Parameter<FigureObject?>(
      "over", Text("A surface behind the points, as heat(D) makes it.", zh: "点后的曲面，由 heat(D) 给出。"), default: .nothing),
    examples: [
      Example("scatter(randn(200, 2), title=\"normal\")", shows: "normal"),
      Example("scatter(dataset(\"ring8\", limit=200))", shows: "ring8"),
    ], seeAlso: ["heat", "latent"]
  ) { call, sets, color, labels, title, arrows, over -> FigureObject in
    var reader = PointReader(call: call, names: labels)
    for (index, value) in sets.elements.enumerated() { try reader.add(value, index) }
    if case .nothing = color {} else { try reader.split(by: color) }
    var chart = Scatter(reader.groups, title: title.isEmpty ? reader.title : title)
    if let arrows { chart.arrows = try reader.arrows(arrows) }
    chart.ground = over?.figure as? HeatMap
    return FigureObject(chart)
  }

  static let showPoints = Builtin(
    "show", .verb, in: .display,
    Text("Draws points of a plane, such as samples of ring8.", zh: "画出平面上的点，例如 ring8 的样本。"),
    Parameter<PointsArgument>("x", Text("Points [n, 2], 16 or more.", zh: "点 [n, 2]，至少 16 个。")),
    examples: [Example("show randn(64, 2)", shows: "64 points")], seeAlso: ["scatter"]
  ) { call, points in
    let name = call.argumentText(0)?.cut(to: 48) ?? ""
    let count = call.language == .chinese ? "\(points.tensor.shape[0]) 个点" : "\(points.tensor.shape[0]) points"
    var reader = PointReader(call: call, names: [""])
    try reader.add(points.tensor.value, 0)
    let chart = Scatter(reader.groups, title: name.isEmpty ? count : "\(name): \(count)")
    call.emit(.display(FigureDisplay.of(chart, call.displayContext), id: nil))
    call.keepAsLast(points.tensor.value)
    return Nothing()
  }

  static let heat = Builtin(
    "heat", .verb, in: .display,
    Text(
      "Draws numbers as colours: blue below zero, orange above, zero grey. A net is drawn over the plane.",
      zh: "用颜色表示数：负为蓝，正为橙，零为灰。网络则画在平面上。"),
    Parameter<Value>("x", Text("A tensor, or a net or function of points [n, 2].", zh: "张量，或以点 [n, 2] 为输入的网络或函数。")),
    Parameter<String>(
      "cmap", Text("The colours.", zh: "配色。"), default: "auto",
      among: .words(["auto"] + HeatMap.Palette.allCases.map(\.rawValue))),
    Parameter<Double>("span", Text("How far the plane reaches from 0.", zh: "平面自 0 起的范围。"), default: 2),
    examples: [
      Example("heat(randn(28, 28))", shows: "above 0"),
      Example("heat(Sequential(Linear(2, 8), tanh, Linear(8, 1), sigmoid))", shows: "Sequential"),
    ], seeAlso: ["scatter", "grad"]
  ) { call, value, palette, span -> FigureObject in
    let name = call.argumentText(0)?.cut(to: 60) ?? ""
    return FigureObject(
      try HeatReader(palette: HeatMap.Palette(rawValue: palette), name: name, wording: call.displayContext.wording)
        .map(of: value, span: span, call))
  }

  static let side = Builtin(
    "side", .verb, in: .display, Text("Shows things beside each other.", zh: "并排显示。"),
    Parameter<Rest<Value>>("x", Text("Pictures, plots or tables.", zh: "图像、图表或表。")),
    examples: [Example("side(plot([1, 2]), plot([2, 1]))", shows: "[2, 1]")], seeAlso: ["show"]
  ) { call, values -> FigureObject in
    let figures = try values.elements.enumerated().map { index, value -> any Figure in
      guard case .host(let object) = value, let convertible = object as? any FigureConvertible else {
        throw FigureFault.notFigure(value.typeName, argument: index)
      }
      return convertible.figure(call.displayContext)
    }
    return FigureObject(Side(figures))
  }

  static let sheet = Builtin(
    "sheet", .verb, in: .display,
    Text(
      "The page of a data set: facts, classes, findings, mean images and samples.", zh: "数据集概览：基本信息、类别、检查结果、平均图像与样本。"),
    datasetParameter,
    examples: [Example("sheet dataset(\"digits\", limit=200)", shows: "duplicates 0")], seeAlso: ["dataset", "show"]
  ) { call, data -> FigureObject in
    var page = DatasetCard.page(data.data, call.language)
    let pictures = page.sheet
    page.sheet = nil
    guard let pictures else { return FigureObject(page) }
    // Notebooks show one form of a display: the page and its pictures are two.
    call.emit(.display(FigureDisplay.of(page, call.displayContext), id: nil))
    return FigureObject(pictures)
  }

  static let savePlot = Builtin(
    "save", .verb, in: .display, Text("Writes a plot to a file: .svg or .png.", zh: "把图表写入文件：.svg 或 .png。"),
    Parameter<FigureObject>("x", Text("A plot.", zh: "图表。")), pathParameter,
    examples: [Example("save(plot([1, 2]), \"/tmp/easel-example.svg\")", shows: "saved")]
  ) { call, object, path -> String in
    try FigureFile.save(object.figure, to: path, call.displayContext)
  }

  static let saveTable = Builtin(
    "save", .verb, in: .display,
    Text("Writes a table to a file: .csv, .html or .txt.", zh: "把表写入文件：.csv、.html 或 .txt。"),
    Parameter<TableObject>("x", Text("A table.", zh: "表。")), pathParameter,
    examples: [Example("t = Table(\"a\"); t.add(1); save(t, \"/tmp/easel-example.csv\")", shows: "saved")]
  ) { call, table, path -> String in
    let isDrawn = table.picture != nil && (path.hasSuffix(".svg") || path.hasSuffix(".png"))
    let figure = isDrawn ? table.figure(call.displayContext) : TableDisplay.table(table, call.displayContext)
    return try FigureFile.save(figure, to: path, call.displayContext)
  }

  static let saveHistory = Builtin(
    "save", .verb, in: .display,
    Text("Writes what a trainer measured at each step to a .csv or .json file.", zh: "把训练器每一步的测量值写入 .csv 或 .json 文件。"),
    Parameter<HistoryObject>("x", Text("A history.", zh: "训练历史。")), pathParameter,
    examples: [
      Example("step gan 2; save(gan.history, \"/tmp/easel-example.json\")", shows: "saved", given: givenGAN),
      Example("step gan 2; save(gan.history, \"/tmp/easel-example.csv\")", shows: "saved", given: givenGAN),
    ]
  ) { call, history, path in
    try FigureFile.save([(".csv", history.history.csv), (".json", history.history.json)], to: path)
    return ValueFile.said(path, call)
  }

  static let pathParameter = Parameter<String>("path", Text("Where to.", zh: "路径。"), among: .paths)

  static let figures: [Builtin] = [
    plot, histogram, scatter, showPoints, heat, side, sheet, savePlot, saveTable, saveHistory,
  ]
}
