/// What a lane says first: which one it is, which connection of it, and whether it wants RDMA, which is
/// the highest bit of its number. 8 bytes, numbers with the least significant byte first.
struct LaneHello: Hashable {
  static let length = 8
  var lane: UInt32
  var generation: UInt32
  var wantsRDMA: Bool

  private static let wish: UInt32 = 1 << 31

  init(lane: UInt32, generation: UInt32, wantsRDMA: Bool = false) {
    self.lane = lane
    self.generation = generation
    self.wantsRDMA = wantsRDMA
  }

  init(_ bytes: [UInt8]) {
    func number(_ start: Int) -> UInt32 {
      bytes.dropFirst(start).prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    (lane, generation) = (number(0) & ~Self.wish, number(4))
    wantsRDMA = number(0) & Self.wish != 0
  }

  var bytes: [UInt8] {
    [lane | (wantsRDMA ? Self.wish : 0), generation].flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }
  }
}
