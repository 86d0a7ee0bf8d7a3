import Quantities
import Transport

/// What the source of a migration asks its target, over a connection of their own.
enum TargetRequest: Hashable {
  case permit
  case reserve(GuestShape)
  case makeSkeleton
  case listen(TransferSecret)
  /// Numbers of so many pages from one on.
  case hashes(from: Int, count: Int)
  case takeOver
  case takeOverEarly(missing: [Extent], TransferSecret)
  case wanted(milliseconds: Int)
  case supply([Extent], [UInt8])
  /// Numbers of pages that came, from a page on.
  case fetchedHashes(from: Int)
  case place
  case drop
  case retire
  case processorTime

  /// Pages of which numbers go in one message.
  static let mostHashes = 1 << 20
  /// Pages that came of which numbers go in one message.
  static let mostFetched = 1 << 20

  var bytes: [UInt8] {
    var writer = WireWriter()
    switch self {
    case .permit: writer.number(1)
    case .reserve(let shape):
      writer.number(2)
      writer.shape(shape)
    case .makeSkeleton: writer.number(3)
    case .listen(let secret):
      writer.number(4)
      writer.text(secret.text)
    case .hashes(let first, let count):
      writer.number(5)
      writer.number(first)
      writer.number(count)
    case .takeOver: writer.number(6)
    case .takeOverEarly(let missing, let secret):
      writer.number(7)
      writer.extents(missing)
      writer.text(secret.text)
    case .wanted(let milliseconds):
      writer.number(8)
      writer.number(milliseconds)
    case .supply(let extents, let content):
      writer.number(9)
      writer.extents(extents)
      writer.raw(content)
    case .fetchedHashes(let page):
      writer.number(10)
      writer.number(page)
    case .place: writer.number(11)
    case .drop: writer.number(12)
    case .retire: writer.number(13)
    case .processorTime: writer.number(14)
    }
    return writer.bytes
  }

  init(_ bytes: [UInt8]) throws(WireReader.Failure) {
    var reader = WireReader(bytes)
    switch try reader.number() {
    case 1: self = .permit
    case 2: self = .reserve(try reader.shape())
    case 3: self = .makeSkeleton
    case 4: self = .listen(try reader.secret())
    case 5:
      self = .hashes(
        from: try reader.number(upTo: 1 << 48), count: try reader.number(upTo: Self.mostHashes))
    case 6: self = .takeOver
    case 7: self = .takeOverEarly(missing: try reader.extents(), try reader.secret())
    case 8: self = .wanted(milliseconds: try reader.number(upTo: 10_000))
    case 9: self = .supply(try reader.extents(), try reader.raw())
    case 10: self = .fetchedHashes(from: try reader.number(upTo: 1 << 48))
    case 11: self = .place
    case 12: self = .drop
    case 13: self = .retire
    case 14: self = .processorTime
    default: throw WireReader.Failure()
    }
    try reader.end()
  }
}

extension WireWriter {
  mutating func extents(_ extents: [Extent]) {
    number(extents.count)
    for extent in extents {
      number(extent.offset)
      number(extent.count)
    }
  }

  mutating func shape(_ shape: GuestShape) {
    for value in [shape.pageSize, shape.pages, shape.threads] { number(value) }
    number(shape.seed)
    number(shape.workload.pages)
    fraction(shape.workload.writesPerSecond)
    let (kind, one, two): (Int, Double, Double) =
      switch shape.workload.pattern {
      case .uniform: (0, 0, 0)
      case .hotSpot(let writes, let pages): (1, writes, pages)
      case .sequential: (2, 0, 0)
      case .burst(let on, let off): (3, on, off)
      }
    number(kind)
    fraction(one)
    fraction(two)
  }
}

extension WireReader {
  mutating func secret() throws(Failure) -> TransferSecret {
    guard let secret = TransferSecret(try text()) else { throw Failure() }
    return secret
  }

  mutating func extents() throws(Failure) -> [Extent] {
    let count = try count(of: 16)
    var extents: [Extent] = []
    extents.reserveCapacity(count)
    for _ in 0..<count {
      extents.append(
        Extent(offset: try number(upTo: 1 << 60), count: try number(upTo: 1 << 60)))
    }
    return extents
  }

  mutating func shape() throws(Failure) -> GuestShape {
    let (pageSize, pages, threads) = (
      try number(upTo: 1 << 30), try number(upTo: 1 << 48), try number(upTo: 1024)
    )
    let seed = try raw64()
    let written = try number(upTo: 1 << 48)
    let rate = try fraction()
    let kind = try number(upTo: 3)
    let (one, two) = (try fraction(), try fraction())
    let patterns: [Workload.Pattern] = [
      .uniform, .hotSpot(writes: one, pages: two), .sequential, .burst(on: one, off: two),
    ]
    return GuestShape(
      pageSize: pageSize, pages: pages,
      workload: Workload(pages: written, writesPerSecond: rate, pattern: patterns[kind]),
      seed: seed, threads: threads)
  }
}
