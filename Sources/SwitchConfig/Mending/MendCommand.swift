/// A line that may bring a switch back.
struct MendCommand: Hashable, Sendable {
  /// When it is typed: main lines in the order of the plan, then what is no longer wanted, then the
  /// way in.
  struct Turn: Hashable, Comparable, Sendable {
    var phase: Phase
    var place: Int
    /// In one place a port is shut first, then lines are taken back, then others are typed.
    var isShutting = false
    var isNew = false
    var order = 0

    private var step: Int { isShutting ? 0 : isNew ? 2 : 1 }

    static func < (left: Turn, right: Turn) -> Bool {
      (left.phase.rawValue, left.place, left.step, left.order)
        < (right.phase.rawValue, right.place, right.step, right.order)
    }
  }

  enum Phase: Int, Hashable, Sendable {
    case main
    case leftOver
    case access
    case accessLeftOver

    var isOfAccess: Bool { self == .access || self == .accessLeftOver }
  }

  var statement: Statement
  /// The line that is gone by it; with no meaning of its own the block, with all that stands in it.
  var strikes: Statement.Identity?
  /// Whether the grammar says what it means as a line like others.
  var isRead = true
  var turn: Turn

  /// The lines of a switch after commands.
  static func apply(_ commands: [MendCommand], to lines: [Statement]) -> [Statement] {
    var struck: Set<Statement.Identity> = []
    var cleared: [[String]] = []
    var added: [Statement] = []
    for command in commands {
      if let identity = command.strikes {
        struck.insert(identity)
        if identity.meaning == nil { cleared.append(identity.keys) }
      }
      if command.isRead { added.append(command.statement) }
    }
    let left = lines.filter { line in
      !struck.contains(line.identity) && !cleared.contains { line.isIn($0) }
    }
    return left + added
  }
}
