import Quantities

/// Where Tenfold's own data are: parts catalogues, templates and schemas.
enum Home {
  /// The folder that holds `catalogs` and `templates`: `TENFOLD_HOME`, else the nearest such
  /// folder above the program.
  static func find() throws(Failure) -> String {
    if let given = System.environment("TENFOLD_HOME") {
      guard holdsData(given) else {
        throw Failure(
          [
            Finding(
              rule: "home", position: SourcePosition(file: given),
              message: "TENFOLD_HOME holds no folders catalogs and templates",
              hint: "set it to a clone of Tenfold, or unset it")
          ], .machine)
      }
      return Files.withoutTrailingSlash(given)
    }
    let start = System.executable ?? ""
    var folder = Files.parent(start)
    while !folder.isEmpty, folder != "." {
      if holdsData(folder) { return folder }
      folder = Files.parent(folder)
    }
    throw Failure(
      [
        Finding(
          rule: "home", position: SourcePosition(file: start),
          message: "no folder above the program holds catalogs and templates",
          hint: "set TENFOLD_HOME to a clone of Tenfold")
      ], .machine)
  }

  /// Where the catalogue's cache goes; `nil` when the machine names no place. The folder need not
  /// exist or be writable.
  static var cache: String? {
    if let given = System.environment("XDG_CACHE_HOME"), given.hasPrefix("/") {
      return given + "/tenfold"
    }
    return System.environment("HOME").map { $0 + "/.cache/tenfold" }
  }

  /// The history of validations; `nil` when the machine names no place. The folder need not exist.
  static var history: String? {
    if let given = System.environment("XDG_STATE_HOME"), given.hasPrefix("/") {
      return given + "/tenfold/history.sqlite"
    }
    return System.environment("HOME").map { $0 + "/.local/state/tenfold/history.sqlite" }
  }

  private static func holdsData(_ folder: String) -> Bool {
    Files.isFolder(folder + "/catalogs") && Files.isFolder(folder + "/templates")
  }
}
