import CExchange
import Glibc
import Quantities
import Synchronization
import Threads

/// An output folder on its way, under a hidden name beside the target.
///
/// Files may come one by one and from any thread, while others are still made. Each is flushed to
/// the disk at once by a thread of its own: file systems put what comes together into one commit,
/// and the wait for the disk falls into the time in which the rest is computed.
public final class OutputDraft: Sendable {
  /// Files that are flushed at once: enough to share one commit of the journal, far below the
  /// limit of open files.
  private static let batch = 64

  private let writer: OutputWriter
  private let temporary: String
  private let folder: FolderHandle
  private let flushes = Mutex(Flushes())
  private let record = Mutex(Record())

  private struct Flushes: ~Copyable {
    var work = Work()
    var count = 0

    /// What runs; to be waited for.
    mutating func take() -> Work {
      var running = Work()
      swap(&running, &work)
      count = 0
      return running
    }
  }

  private struct Record {
    var entries: [OutputMarker.Entry] = []
    /// What went wrong, by the file in whose writing it did.
    var failures: [(path: String, failure: OutputFailure)] = []
  }

  /// Makes the hidden folder.
  init(_ writer: OutputWriter) throws(OutputFailure) {
    self.writer = writer
    temporary = try Self.makeFolder(writer)
    guard let folder = writer.parent.open(temporary) else {
      let failure = OutputFailure.machine(writer.shown, "cannot open the new folder beside it")
      unlinkat(writer.parent.descriptor, temporary, AT_REMOVEDIR)
      throw failure
    }
    self.folder = folder
  }

  private static func makeFolder(_ writer: OutputWriter) throws(OutputFailure) -> String {
    for attempt in 0..<100 {
      let temporary = ".\(writer.name).tenfold-\(getpid())-\(attempt)"
      if mkdirat(writer.parent.descriptor, temporary, 0o777) == 0 { return temporary }
      if errno != EEXIST { break }
    }
    throw .machine(writer.shown, "cannot make a folder beside it")
  }

  // MARK: Files

  /// Writes a file; what goes wrong is said by `publish`.
  /// - Parameters:
  ///   - path: `/` between its parts; each once, none absolute.
  ///   - hash: the SHA-256 of the content where it is known already.
  public func add(_ path: String, _ bytes: [UInt8], hash: String? = nil) {
    do throws(OutputFailure) {
      try enter(path, hash ?? SHA256.hexDigest(bytes))
      try put(path, bytes)
    } catch {
      fail(path, error)
    }
  }

  private func enter(_ path: String, _ hash: String) throws(OutputFailure) {
    let isPlain = path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && !part.utf8.contains { $0 < 0x20 || $0 == 0x7F }
    }
    let isNew = record.withLock { record in
      guard isPlain, path != OutputMarker.name, !record.entries.contains(where: { $0.path == path })
      else { return false }
      record.entries.append(OutputMarker.Entry(path: path, hash: hash))
      return true
    }
    guard isNew else {
      throw .refused(
        writer.shown, "\"\(path)\" cannot be the name of a file in it",
        "rename the switch or host that the file belongs to")
    }
  }

  private func put(_ path: String, _ bytes: [UInt8]) throws(OutputFailure) {
    for inner in OutputWriter.folders(of: path) {
      guard mkdirat(folder.descriptor, inner, 0o777) == 0 || errno == EEXIST else {
        throw .machine(writer.shown, "cannot make \"\(inner)\" in it")
      }
    }
    guard let file = folder.create(path, bytes) else {
      throw .machine(writer.shown, "cannot write \"\(path)\" in it")
    }
    flush(file, path)
  }

  /// Flushes and closes a file on a thread of its own, or here where there is none.
  private func flush(_ file: Int32, _ path: String) {
    flushes.withLock { flushes in
      if flushes.count == Self.batch {
        flushes.take().finish()
      }
      flushes.count += 1
      if !flushes.work.start({ self.flushNow(file, path) }) { flushNow(file, path) }
    }
  }

  private func flushNow(_ file: Int32, _ path: String) {
    var code = fsync(file) == 0 ? 0 : errno
    if close(file) != 0, code == 0 { code = errno }
    guard code != 0 else { return }
    errno = code
    fail(path, .machine(writer.shown, "cannot write \"\(path)\" to the disk"))
  }

  private func fail(_ path: String, _ failure: OutputFailure) {
    record.withLock { $0.failures.append((path, failure)) }
  }

  /// Waits until all is on the disk.
  /// - Throws: of all that went wrong, that of the first file by name.
  private func settle() throws(OutputFailure) {
    flushes.withLock { $0.take().finish() }
    try complain()
  }

  /// - Throws: of all that went wrong so far, that of the first file by name.
  private func complain() throws(OutputFailure) {
    let first = record.withLock { $0.failures.min { $0.path.precedesInBytes($1.path) } }
    if let first { throw first.failure }
  }

  // MARK: The end

  /// Gives the files the name of the target. Use it once, or `discard`.
  /// - Throws: `OutputFailure`, also when the target was changed in the meantime; nothing was
  ///   replaced then, and the draft is gone.
  public func publish() throws(OutputFailure) {
    let current: OutputWriter
    do throws(OutputFailure) {
      try complain()
      try mark()
      // Making the files took a while. The disk is still at work on the last of them.
      current = try writer.lookingAgain()
      try settle()
      folder.touch(OutputMarker.name)
      try exchange(isReplacing: current.exists)
    } catch {
      discard()
      throw error
    }
    // After the step the temporary name holds what stood there before.
    if current.exists { current.remove(temporary, current.old ?? OutputMarker([])) }
    // The parent is not flushed: after a power failure the old folder or the new one stands there,
    // and either is whole.
  }

  /// Deletes the draft; the target stays as it is.
  public func discard() {
    _ = try? settle()
    writer.remove(temporary, marker)
  }

  private var marker: OutputMarker { OutputMarker(record.withLock { $0.entries }) }

  /// Writes the marker, last of all.
  private func mark() throws(OutputFailure) {
    try put(OutputMarker.name, marker.bytes)
    // The folder itself goes with it, so that the names are safe too.
    let names = fcntl(folder.descriptor, F_DUPFD_CLOEXEC, 0)
    if names >= 0 { flush(names, "") }
  }

  private func exchange(isReplacing: Bool) throws(OutputFailure) {
    let (parent, name) = (writer.parent, writer.name)
    guard isReplacing else {
      guard renameat(parent.descriptor, temporary, parent.descriptor, name) == 0 else {
        throw .machine(writer.shown, "cannot give the new folder its name")
      }
      return
    }
    if tenfold_exchange(parent.descriptor, temporary, name) == 0 { return }
    // An older kernel or file system: two steps, with the way back should the second fail.
    guard errno == ENOSYS || errno == EINVAL else {
      throw .machine(writer.shown, "cannot replace the folder")
    }
    let aside = temporary + "-old"
    guard renameat(parent.descriptor, name, parent.descriptor, aside) == 0 else {
      throw .machine(writer.shown, "cannot replace the folder")
    }
    guard renameat(parent.descriptor, temporary, parent.descriptor, name) == 0 else {
      let failure = OutputFailure.machine(writer.shown, "cannot replace the folder")
      _ = renameat(parent.descriptor, aside, parent.descriptor, name)
      throw failure
    }
    _ = renameat(parent.descriptor, aside, parent.descriptor, temporary)
  }
}
