import Quantities
import Threads
import Transport

/// Does for a target what its source asks: bytes of a request in, bytes of an answer out.
public struct TargetService: Sendable {
  private let target: any MigrationTarget
  private let meter: ProcessorMeter

  /// - Parameters:
  ///   - target: Whose calls are made.
  ///   - meter: Takes note of what answers take of processors.
  public init(
    _ target: any MigrationTarget, measuredBy meter: ProcessorMeter = ProcessorMeter()
  ) {
    self.target = target
    self.meter = meter
  }

  /// Answers a request, whoever wrote it.
  public func answer(_ bytes: [UInt8]) -> [UInt8] { meter.measure { answered(bytes) } }

  private func answered(_ bytes: [UInt8]) -> [UInt8] {
    var writer = WireWriter()
    do throws(MigrationFault) {
      let request: TargetRequest
      do throws(WireReader.Failure) { request = try TargetRequest(bytes) } catch {
        throw MigrationFault(.refused, "it does not know such a request")
      }
      writer.number(0)
      try carryOut(request, &writer)
    } catch {
      writer = WireWriter()
      writer.number(error.kind == .refused ? 1 : 2)
      writer.text(error.description)
    }
    return writer.bytes
  }

  private func carryOut(
    _ request: TargetRequest, _ writer: inout WireWriter
  ) throws(MigrationFault) {
    switch request {
    case .permit: try target.permit()
    case .reserve(let shape): try target.reserve(shape)
    case .makeSkeleton: try target.makeSkeleton()
    case .listen(let secret): writer.ways(try target.listen(secret))
    case .hashes(let first, let count):
      let hashes = try target.hashes(first..<(first + count))
      writer.number(hashes.count)
      for hash in hashes { writer.number(hash) }
    case .takeOver: try target.takeOver()
    case .takeOverEarly(let missing, let secret):
      writer.ways(try target.takeOver(missing: missing, secret))
    case .wanted(let milliseconds):
      let wanted = try target.wanted(within: .milliseconds(milliseconds))
      writer.number(wanted.left)
      writer.number(wanted.pages.count)
      for page in wanted.pages { writer.number(page) }
    case .supply(let extents, let content): try target.supply(extents, content)
    case .fetchedHashes(let page):
      let (found, next) = try target.fetchedHashes(from: page)
      writer.number(next ?? 0)
      let hashes = found.sorted { $0.key < $1.key }
      writer.number(hashes.count)
      for (page, hash) in hashes {
        writer.number(page)
        writer.number(hash)
      }
    case .place: writer.number(try target.place() == .runsHere ? 1 : 0)
    case .drop: try target.drop()
    case .retire: try target.retire()
    case .processorTime:
      writer.number(max(0, Int(try target.processorTime() / .microseconds(1))))
    }
  }
}

extension WireWriter {
  fileprivate mutating func ways(_ ways: [TransferPath]) {
    number(ways.count)
    for way in ways {
      number(UInt64(way.other.bits))
      number(way.port)
    }
  }
}
