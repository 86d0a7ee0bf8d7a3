import Quantities
import Threads
import Transport

/// A target at another host, of which a `TargetService` answers.
public final class RemoteTarget: MigrationTarget, @unchecked Sendable {
  // Calls come from one thread, as the protocol says.
  private let control: ControlClient
  private var pages = 0

  /// - Parameter control: A connection to whoever has the service.
  public init(_ control: ControlClient) { self.control = control }

  private func ask(
    _ request: TargetRequest, within limit: Duration = .seconds(15)
  ) throws(MigrationFault) -> WireReader {
    let bytes: [UInt8]
    do throws(TransferFailure) { bytes = try control.ask(request.bytes, within: limit) } catch {
      throw MigrationFault(.broken, error.description)
    }
    var reader = WireReader(bytes)
    return try read { () throws(WireReader.Failure) -> Result<WireReader, MigrationFault> in
      let kind = try reader.number(upTo: 2)
      if kind == 0 { return .success(reader) }
      return .failure(MigrationFault(kind == 1 ? .refused : .broken, try reader.text()))
    }.get()
  }

  /// An answer that is none leaves unknown what was done.
  private func read<Value>(
    _ body: () throws(WireReader.Failure) -> Value
  ) throws(MigrationFault) -> Value {
    do throws(WireReader.Failure) { return try body() } catch {
      throw MigrationFault(.broken, "the other host's answer cannot be read")
    }
  }

  public func permit() throws(MigrationFault) { _ = try ask(.permit) }

  public func reserve(_ shape: GuestShape) throws(MigrationFault) {
    pages = shape.pages
    _ = try ask(.reserve(shape), within: .seconds(60))
  }

  public func makeSkeleton() throws(MigrationFault) { _ = try ask(.makeSkeleton) }

  public func listen(_ secret: TransferSecret) throws(MigrationFault) -> [TransferPath] {
    try ways(try ask(.listen(secret)))
  }

  private func ways(_ answer: WireReader) throws(MigrationFault) -> [TransferPath] {
    var reader = answer
    return try read { () throws(WireReader.Failure) in
      var ways: [TransferPath] = []
      for _ in 0..<(try reader.count(of: 16)) {
        let address = IPv4Address(bits: UInt32(try reader.number(upTo: Int(UInt32.max))))
        ways.append(
          TransferPath(own: address, other: address, port: try reader.number(upTo: 65_535)))
      }
      try reader.end()
      return ways
    }
  }

  public func hashes(_ range: Range<Int>) throws(MigrationFault) -> [UInt64] {
    var hashes: [UInt64] = []
    hashes.reserveCapacity(range.count)
    var first = range.lowerBound
    while first < range.upperBound {
      let count = min(range.upperBound - first, TargetRequest.mostHashes)
      // The guest stands still meanwhile.
      var reader = try ask(.hashes(from: first, count: count), within: .seconds(15))
      let part = try read { () throws(WireReader.Failure) in
        var part: [UInt64] = []
        for _ in 0..<(try reader.count(of: 8)) { part.append(try reader.raw64()) }
        try reader.end()
        return part
      }
      hashes += part
      // One that answers less has less: the comparison says so.
      guard part.count == count else { break }
      first += count
    }
    return hashes
  }

  public func takeOver() throws(MigrationFault) { _ = try ask(.takeOver) }

  public func takeOver(
    missing: [Extent], _ secret: TransferSecret
  ) throws(MigrationFault) -> [TransferPath] {
    let request = TargetRequest.takeOverEarly(missing: missing, secret)
    guard request.bytes.count <= ControlServer.largest else {
      throw MigrationFault(
        .refused, "what is missing lies in \(missing.count) places, more than can be told at once")
    }
    return try ways(try ask(request))
  }

  public func wanted(within time: Duration) throws(MigrationFault) -> (pages: [Int], left: Int) {
    let milliseconds = min(10_000, max(0, Int(time / .milliseconds(1))))
    var reader = try ask(.wanted(milliseconds: milliseconds))
    return try read { () throws(WireReader.Failure) in
      let left = try reader.number(upTo: 1 << 48)
      var pages: [Int] = []
      for _ in 0..<(try reader.count(of: 8)) { pages.append(try reader.number(upTo: self.pages)) }
      try reader.end()
      return (pages.filter { $0 < self.pages }, left)
    }
  }

  public func supply(_ extents: [Extent], _ content: [UInt8]) throws(MigrationFault) {
    _ = try ask(.supply(extents, content))
  }

  public func fetchedHashes(
    from page: Int
  ) throws(MigrationFault) -> (hashes: [Int: UInt64], next: Int?) {
    var reader = try ask(.fetchedHashes(from: page), within: .seconds(60))
    return try read { () throws(WireReader.Failure) in
      let next = try reader.number(upTo: 1 << 48)
      var hashes: [Int: UInt64] = [:]
      for _ in 0..<(try reader.count(of: 16)) {
        hashes[try reader.number(upTo: 1 << 48)] = try reader.raw64()
      }
      try reader.end()
      // Whoever goes back has no end.
      if next != 0, next <= page { throw WireReader.Failure() }
      return (hashes, next == 0 ? nil : next)
    }
  }

  public func place() throws(MigrationFault) -> GuestPlace {
    var reader = try ask(.place, within: .seconds(5))
    return try read { () throws(WireReader.Failure) in
      let place = try reader.number(upTo: 1)
      try reader.end()
      return place == 1 ? .runsHere : .isNotHere
    }
  }

  public func processorTime() throws(MigrationFault) -> Duration {
    var reader = try ask(.processorTime, within: .seconds(5))
    return try read { () throws(WireReader.Failure) in
      let time = Duration.microseconds(try reader.number(upTo: 1 << 45))
      try reader.end()
      return time
    }
  }

  public func drop() throws(MigrationFault) { _ = try ask(.drop) }

  public func retire() throws(MigrationFault) { _ = try ask(.retire, within: .seconds(30)) }
}
