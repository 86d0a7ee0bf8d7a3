/// Commands that bring a live switch back to its plan. Reading its running configuration and these
/// lines after it gives exactly the planned intent: they were read so before they were handed out.
public struct Mend: Hashable, Sendable {
  /// In this order, from privileged mode; the blocks that they open are closed.
  public var lines: [String]
  /// Those that change the way in, for administrators: last, and on the console.
  public var accessLines: [String]
  /// Facts of the dialect on how lines are typed and taken back; without repeats.
  public var facts: [String]
}

extension Mend {
  /// Statements as lines that are typed in privileged mode, with what opens and leaves configuration mode.
  static func typed(
    _ statements: [Statement], _ session: Grammar.Session, _ nesting: Grammar.Nesting
  )
    -> [String]
  {
    var lines: [String] = []
    var rest = statements[...]
    while let first = rest.first {
      let part = rest.prefix { $0.isPrivileged == first.isPrivileged }
      rest = rest.dropFirst(part.count)
      if !first.isPrivileged { lines.append(session.opening) }
      lines += Array(part).lines(nesting)
      if !first.isPrivileged { lines.append("exit") }
    }
    return lines
  }
}
