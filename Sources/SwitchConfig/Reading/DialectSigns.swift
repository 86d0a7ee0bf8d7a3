/// What in a text shows that a system of the dialect printed it, beside its lines.
struct DialectSigns: Hashable, Sendable, Comparable {
  /// Comments that such systems alone print.
  var marks = 0
  /// Names of interfaces as such systems spell them.
  var names = 0
  /// Lines that stand as deep as such systems print them.
  var indents = 0

  static func < (left: DialectSigns, right: DialectSigns) -> Bool {
    (left.marks, left.names, left.indents) < (right.marks, right.names, right.indents)
  }
}
