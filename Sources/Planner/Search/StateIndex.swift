/// Finds entries of a list by hash: an open table that holds their indices alone.
struct StateIndex {
  private var slots: [(hash: UInt64, index: Int32)]
  private var count = 0

  init() { slots = [(hash: UInt64, index: Int32)](repeating: (0, -1), count: 64) }

  /// The index of an entry with a hash that is the one wanted; `nil` when there is none.
  func find(_ hash: UInt64, _ isWanted: (Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at].index >= 0 {
      let slot = slots[at]
      if slot.hash == hash, isWanted(Int(slot.index)) { return Int(slot.index) }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Adds an entry that is not there yet.
  mutating func insert(_ hash: UInt64, _ index: Int) {
    if 2 * count >= slots.count { grow() }
    put(hash, Int32(truncatingIfNeeded: index))
    count += 1
  }

  private mutating func put(_ hash: UInt64, _ index: Int32) {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at].index >= 0 { at = (at + 1) & mask }
    slots[at] = (hash, index)
  }

  private mutating func grow() {
    let old = slots
    slots = [(hash: UInt64, index: Int32)](repeating: (0, -1), count: 4 * old.count)
    for slot in old where slot.index >= 0 { put(slot.hash, slot.index) }
  }
}
