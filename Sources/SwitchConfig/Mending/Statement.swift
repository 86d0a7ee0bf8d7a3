/// A line of a configuration, about one interface or VLAN alone: a line about several is several
/// statements.
struct Statement: Hashable, Sendable {
  /// The blocks that it stands in.
  struct Scope: Hashable, Sendable {
    /// What tells the blocks apart, outermost first, whatever their lines look like.
    var keys: [String] = []
    /// The lines that open them.
    var path: [String] = []
    /// Whether they are opened before configuration mode is.
    var isPrivileged = false
  }

  var scope = Scope()
  /// As it is typed.
  var text: String
  /// The same of all lines that say the same in other words, as far as words tell.
  var meaning: String
  /// What takes it back.
  var undo: Undo
  /// Key of the block that it opens.
  var opens: String?
  /// Whether it is typed before configuration mode is opened.
  var isPrivileged = false
  /// What it sets.
  var settings: [Setting] = []

  /// What takes a statement back.
  struct Undo: Hashable, Sendable {
    var text: String
    /// Whether it is the word for taking back and the start of the line: it says that the line is gone,
    /// and nothing else.
    var isNegation = false
    /// Place of its form in the block's list; `nil` for the usual way.
    var form: Int?
    /// Whether the platform wants it before another line of the form is typed.
    var isFirst = false
    /// Whether the lines of the block that the statement opens are taken back one by one instead.
    var isInside = false
    /// The fact that it rests on, beside those of the usual way.
    var fact: String?
  }

  /// What a statement is told from others by.
  struct Identity: Hashable, Sendable {
    var keys: [String]
    /// `nil` for a line that opens the last block of `keys`.
    var meaning: String?
  }

  var identity: Identity {
    opens.map { Identity(keys: scope.keys + [$0], meaning: nil) }
      ?? Identity(keys: scope.keys, meaning: meaning)
  }

  /// Whether it is the opening of a block or stands in it.
  func isIn(_ keys: [String]) -> Bool {
    identity.keys.starts(with: keys)
  }
}

extension [Statement] {
  /// The statements as lines that may be typed: every block is closed.
  func lines(_ nesting: Grammar.Nesting) -> [String] {
    var lines: [String] = []
    var open: [String] = []
    func indent(_ depth: Int) -> String {
      nesting == .indent ? String(repeating: " ", count: depth) : ""
    }
    func close(to depth: Int) {
      while open.count > depth {
        open.removeLast()
        lines.append(indent(open.count + 1) + "exit")
      }
    }
    for statement in self {
      let path = statement.scope.path
      var depth = 0
      while depth < Swift.min(open.count, path.count), open[depth] == path[depth] { depth += 1 }
      close(to: depth)
      for line in path.dropFirst(depth) {
        lines.append(indent(open.count) + line)
        open.append(line)
      }
      lines.append(indent(open.count) + statement.text)
      if statement.opens != nil { open.append(statement.text) }
    }
    close(to: 0)
    return lines
  }
}
