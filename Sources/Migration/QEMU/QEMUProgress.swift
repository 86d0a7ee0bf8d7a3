import JSONText

/// What a QEMU says of its migration (`query-migrate`); what it leaves out is `nil` or 0.
struct QEMUProgress: Hashable {
  var status: String
  /// Its words where it failed.
  var why: String?
  /// Milliseconds from its start to its end.
  var totalTime: Int?
  /// Milliseconds that the guest stood still.
  var downtime: Int?
  var setupTime: Int?
  /// Bytes that went over the link, of memory.
  var transferred = 0
  /// Bytes of memory that are still to go.
  var remaining: Int?
  /// Passes over the memory that have begun.
  var passes = 0
  /// Pages that held one value throughout, zero in all but odd cases: only the value went.
  var duplicatePages = 0
  /// Pages that went with their content.
  var normalPages = 0
  var pageSize = 4096
  /// Percent by which the guest is slowed down.
  var throttle = 0
  /// Where the target waits, `ADDRESS:PORT`, told by the target alone.
  var port: Int?

  init(_ tree: JSONTree) {
    func number(_ tree: JSONTree?, _ name: String) -> Int? {
      guard case .integer(let value)? = tree?.member(name)?.value else { return nil }
      return Int(exactly: value)
    }
    func text(_ tree: JSONTree?, _ name: String) -> String? {
      guard case .string(let value)? = tree?.member(name)?.value else { return nil }
      return value
    }
    // A QEMU that was never told to migrate answers with an empty object.
    status = text(tree, "status") ?? "none"
    why = text(tree, "error-desc")
    totalTime = number(tree, "total-time")
    downtime = number(tree, "downtime")
    setupTime = number(tree, "setup-time")
    throttle = number(tree, "cpu-throttle-percentage") ?? 0
    let ram = tree.member("ram")
    transferred = number(ram, "transferred") ?? 0
    remaining = number(ram, "remaining")
    passes = number(ram, "dirty-sync-count") ?? 0
    duplicatePages = number(ram, "duplicate") ?? 0
    normalPages = number(ram, "normal") ?? 0
    pageSize = number(ram, "page-size") ?? pageSize
    if case .array(let addresses)? = tree.member("socket-address")?.value {
      port = addresses.lazy.compactMap { text($0, "port").flatMap { Int($0) } }.first
    }
  }

  /// Whether nothing more will come of it.
  var isOver: Bool { ["completed", "failed", "cancelled", "none"].contains(status) }
}
