// SPDX-License-Identifier: Apache-2.0
import Datasets
public import Language

/// Everything that the workbench adds to the language: the builtins of a session that trains.
public enum WorkbenchTable {
  /// The builtins in the order of the reference, one group of declarations a line.
  public static let builtins: [Builtin] = [
    Builtin.tensorCreation,
    Builtin.tensorShapes,
    Builtin.mathElementwise,
    Builtin.mathReductions,
    Builtin.autograd,
    Builtin.layers,
    Builtin.nets,
    Builtin.losses,
    Builtin.optimizers,
    Builtin.data,
    Builtin.augmentations,
    Builtin.synthesis,
    Builtin.trainers,
    Builtin.bottlenecks,
    Builtin.superResolutions,
    Builtin.customTrainers,
    Builtin.writtenSteps,
    Builtin.stepping,
    Builtin.timeTravel,
    Builtin.panels,
    Builtin.sampling,
    Builtin.films,
    Builtin.neighbours,
    Builtin.latents,
    Builtin.latentPictures,
    Builtin.hooks,
    Builtin.evaluations,
    Builtin.calibrations,
    Builtin.qualities,
    Builtin.mappings,
    Builtin.alarming,
    Builtin.pixelMetrics,
    Builtin.inspection,
    Builtin.discriminators,
    Builtin.pictures,
    Builtin.figures,
    Builtin.session,
    Builtin.files,
    Builtin.checkpoints,
  ].flatMap { $0 }

  /// The types of live objects, for the fields in help and completion.
  public static let hostTypes: [any HostObject.Type] = [
    TensorObject.self,
    ParameterObject.self,
    ModuleObject.self,
    OptimizerObject.self,
    DatasetObject.self,
    LoaderObject.self,
    BatchObject.self,
    AugmentationObject.self,
    TransformObject.self,
    TrainerObject.self,
    ReportObject.self,
    EstimateObject.self,
    HistoryObject.self,
    SnapshotObject.self,
    HookObject.self,
    JudgeObject.self,
    TableObject.self,
    ImagesObject.self,
    FilmObject.self,
    FigureObject.self,
  ]

  /// The table of the core builtins and those of the workbench, with further pages of help.
  public static func make(topics: [HelpTopic] = []) -> BuiltinTable {
    BuiltinTable(builtins, hostTypes: hostTypes, topics: Topics.all + topics) { error, call in
      Explanation.of(error, call)
    }
  }

  /// A text that two values share only when they are equal to the last bit; nil for what cannot be compared.
  public static func fingerprint(_ value: Value) -> String? { Fingerprint.of(value) }

  /// Names of data sets, for completion.
  public static let dataSetNames = DatasetCatalog.names
}
