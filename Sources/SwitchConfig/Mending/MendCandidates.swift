/// All lines that might bring a switch back: those of the plan that it lacks, and what takes back
/// those that only it has.
struct MendCandidates {
  let planned: [Statement]
  let running: [Statement]
  /// Whether the grammar itself says what a line does that takes something back.
  let isKnown: (Statement) -> Bool
  private let places: [[String]: Int]
  private let accessKeys: Set<[String]>

  init(
    planned: [Statement], running: [Statement], isKnown: @escaping (Statement) -> Bool
  ) {
    self.planned = planned
    self.running = running
    self.isKnown = isKnown
    var places: [[String]: Int] = [:]
    for (place, statement) in planned.enumerated() {
      let keys = statement.identity.keys
      for depth in 0...keys.count {
        let part = Array(keys.prefix(depth))
        if places[part] == nil { places[part] = place }
      }
    }
    self.places = places
    accessKeys = Set(
      (planned + running).filter { statement in
        statement.settings.contains { Self.access.contains($0) }
      }.map { $0.opens == nil ? $0.scope.keys : $0.identity.keys }.filter { !$0.isEmpty })
  }

  /// Settings of which the way in depends.
  static let access: Set<Setting> = [.telnet, .ssh, .user, .gateway, .management]

  private func isOfAccess(_ statement: Statement) -> Bool {
    statement.settings.contains { Self.access.contains($0) }
      || accessKeys.contains { statement.isIn($0) }
  }

  /// In the order in which they would be typed.
  var commands: [MendCommand] { commands(butFor: Set(running.map(\.identity))) }

  /// The same, with all lines of the plan: some mean something else after others.
  var retyping: [MendCommand] { commands(butFor: []) }

  /// - Parameter has: lines of the plan that need not be typed.
  private func commands(butFor has: Set<Statement.Identity>) -> [MendCommand] {
    let wanted = Set(planned.map(\.identity))
    var commands: [MendCommand] = []
    for (place, statement) in planned.enumerated() where !has.contains(statement.identity) {
      commands.append(adding(statement, place))
    }
    // What stands in a block that goes as a whole goes with it.
    var gone: [[String]] = []
    for (place, statement) in running.enumerated() where !wanted.contains(statement.identity) {
      if gone.contains(where: { statement.isIn($0) }) { continue }
      if statement.undo.isInside { continue }
      if statement.opens != nil { gone.append(statement.identity.keys) }
      commands.append(takingBack(statement, place))
    }
    return commands.sorted { $0.turn < $1.turn }
  }

  /// All lines of the plan about one thing, once it is as nobody had configured it.
  func afresh(_ keys: [String], after reset: Statement) -> [MendCommand] {
    let place = places[keys] ?? 0
    let first = MendCommand(
      statement: reset,
      turn: MendCommand.Turn(phase: .main, place: place, isShutting: true, order: -1))
    return [first]
      + planned.enumerated().filter { $0.element.isIn(keys) }.map { adding($0.element, $0.offset) }
  }

  private func adding(_ statement: Statement, _ place: Int) -> MendCommand {
    var turn = MendCommand.Turn(
      phase: isOfAccess(statement) ? .access : .main, place: place, isNew: true)
    // A port that is to be shut passes nothing while its other lines change.
    if statement.settings == [.shutdown], statement.undo.isNegation,
      let start = places[statement.scope.keys]
    {
      turn.place = start
      turn.isShutting = true
    }
    return MendCommand(statement: statement, turn: turn)
  }

  private func takingBack(_ statement: Statement, _ place: Int) -> MendCommand {
    var command = statement
    command.text = statement.undo.text
    command.meaning = statement.undo.text
    command.opens = nil
    let turn: MendCommand.Turn
    if isOfAccess(statement) {
      turn = MendCommand.Turn(phase: .accessLeftOver, place: -place)
    } else if let known = places[statement.scope.keys], !statement.scope.keys.isEmpty {
      turn = MendCommand.Turn(phase: .main, place: known, order: place)
    } else if statement.undo.isFirst {
      turn = MendCommand.Turn(phase: .main, place: -1, order: place)
    } else {
      turn = MendCommand.Turn(phase: .leftOver, place: -place)
    }
    return MendCommand(
      statement: command, strikes: statement.identity,
      isRead: !statement.undo.isNegation && isKnown(command), turn: turn)
  }

  /// The commands, and before each new line those of its form which the platform wants gone first.
  func withFirsts(_ commands: [MendCommand]) -> [MendCommand] {
    let wanted = Set(planned.map(\.identity))
    let new = commands.map(\.statement).filter(\.undo.isFirst)
    guard !new.isEmpty else { return commands }
    var all = commands
    for (place, statement) in running.enumerated() where statement.undo.isFirst {
      let isReplaced = new.contains {
        $0.scope.keys == statement.scope.keys && $0.undo.form == statement.undo.form
          && $0.identity != statement.identity
      }
      guard isReplaced, !wanted.contains(statement.identity) else { continue }
      let command = takingBack(statement, place)
      if !all.contains(command) { all.append(command) }
    }
    return all
  }

  /// Key of the block of an interface that the plan has.
  func key(ofInterface name: String) -> [String]? {
    planned.first { statement in
      statement.settings.contains(.interface) && statement.opens?.hasSuffix(" " + name) == true
    }?.identity.keys
  }
}
