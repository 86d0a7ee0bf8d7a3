import ArgumentParser

/// When severities are coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never
}

/// How every command speaks.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the result as JSON.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Colour the messages.",
      discussion: "auto asks whether standard error is a terminal and obeys NO_COLOR.",
      valueName: "when"))
  var color = ColorChoice.auto

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  /// What holds before any argument was read.
  static var plain: OutputOptions {
    var options = OutputOptions()
    (options.json, options.color, options.quiet) = (false, .auto, false)
    return options
  }

  /// Whether messages on a stream are coloured.
  func usesColor(on descriptor: Int32) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto:
      // https://no-color.org: any value but the empty one turns colour off.
      System.environment("NO_COLOR") == nil && System.environment("TERM") != "dumb"
        && System.isTerminal(descriptor)
    }
  }
}

/// Dialects beside the shipped ones.
struct DialectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Templates of your own, one folder a dialect inside; may be repeated.",
      valueName: "folder"),
    completion: .directory)
  var templates: [String] = []
}
