import CatalogModel
import CatalogStore
import Synchronization
import Threads

/// The shipped catalogue, read while the words of the command line are still understood.
///
/// `plan` needs it in any case, and both take several milliseconds. Begin once, at the start of the
/// process; end it before the process ends.
enum CatalogAhead {
  private struct State: ~Copyable {
    var work: Work?
    var catalog: Result<Catalog, any Error>?
  }

  private static let state = Mutex(State())

  /// Starts to read where the arguments are those of a plan over the shipped catalogue alone.
  /// - Parameter arguments: the words after the program's name.
  static func begin(_ arguments: some Collection<String>) {
    guard arguments.first == "plan", !arguments.contains(where: { $0.hasPrefix("--cat") }) else {
      return
    }
    state.withLock { state in
      var work = Work()
      let isStarted = work.start {
        let catalog = Result { try read([]) }
        Self.state.withLock { $0.catalog = catalog }
      }
      if isStarted { state.work = consume work }
    }
  }

  /// The catalogue with files and folders of the user laid over it, or what is wrong with it.
  /// - Throws: `Failure` or `Findings`.
  static func catalog(overlays: [String]) throws -> Catalog {
    end()
    let ahead = state.withLock { state in
      defer { state.catalog = nil }
      return state.catalog
    }
    if overlays.isEmpty, let ahead { return try ahead.get() }
    return try read(overlays)
  }

  /// Waits until nothing is read any more.
  static func end() {
    let work = state.withLock { state in
      var running: Work?
      swap(&running, &state.work)
      return running
    }
    work?.finish()
  }

  private static func read(_ overlays: [String]) throws -> Catalog {
    try CatalogStore.load(
      shipped: [Home.find() + "/catalogs"], overlays: overlays, cacheDirectory: Home.cache)
  }
}
