/// What a lane says first: which one it is, and which connection of it. 8 bytes, numbers with the least
/// significant byte first.
struct LaneHello: Hashable {
  static let length = 8
  var lane: UInt32
  var generation: UInt32

  init(lane: UInt32, generation: UInt32) {
    self.lane = lane
    self.generation = generation
  }

  init(_ bytes: [UInt8]) {
    func number(_ start: Int) -> UInt32 {
      bytes.dropFirst(start).prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    (lane, generation) = (number(0), number(4))
  }

  var bytes: [UInt8] {
    [lane, generation].flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }
  }
}
