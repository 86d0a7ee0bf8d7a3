/// The forms of the lines of a dialect and what they mean: `templates/DIALECT/grammar.txt`.
struct Grammar: Hashable, Sendable {
  /// How a text shows which lines belong to a block.
  enum Nesting: String, Hashable, Sendable, CaseIterable {
    /// By indentation; in a text without any, a line that the inner block does not know closes it.
    case indent
    /// By the line `exit`.
    case exit
    /// Not at all: a line that the inner block does not know closes it, whatever its indentation.
    case flat
  }

  /// A part of what a line does.
  struct Action: Hashable, Sendable {
    enum Argument: Hashable, Sendable {
      /// Place of a value in the line, from 0.
      case capture(Int)
      case word(String)
    }
    var setting: Setting
    var arguments: [Argument]
  }

  /// A form of a line.
  struct Rule: Hashable, Sendable {
    var pattern: Pattern
    var actions: [Action]
    /// The block that it opens, by its place in `blocks`.
    var opens: Int?
    /// Whether the line is listed as not understood all the same: what it says is noted, but goes
    /// beyond what an intent can hold.
    var isBeyond: Bool
  }

  struct Block: Hashable, Sendable {
    var name: String
    var rules: [Rule]
    /// Starts of lines that name the block which the rest of the line belongs to, by `opens`; it is
    /// not opened.
    var inlines: [Rule] = []
    /// Whether such lines may belong to it.
    var isInline = false
    /// How lines of some forms are taken back, where the usual way is not theirs.
    var undos: [Undo] = []
    var expected: [Expected] = []
  }

  /// How lines of a form are taken back.
  struct Undo: Hashable, Sendable {
    var pattern: Pattern
    /// The command; `$1` stands for the first value of the line.
    var words: [String]
    /// Whether it must come before another line of the form.
    var isFirst = false
    /// Whether the lines of the block that the line opens are taken back one by one instead.
    var isInside = false
    /// The fact that it rests on.
    var fact: String
  }

  /// Lines of which a whole configuration holds one in every block of a kind: without any, the
  /// matter is left to the platform.
  struct Expected: Hashable, Sendable {
    var forms: [Pattern]
    /// Lines one of which the block must hold for that; empty for every block.
    var condition: [Pattern] = []
  }

  /// How texts are written down.
  var form = TextForm.lines
  var nesting: Nesting
  /// Marks a comment where it stands first in a line.
  var comment: UInt8
  /// What may stand around a text that is one value.
  var quotes: [UInt8]
  /// What comments start with that systems of this dialect alone print.
  var signs: [String]
  /// Blanks with which systems of this dialect print the lines of a block; 0 where that is no sign.
  var indent: Int
  var kinds: [InterfaceKind]
  /// What opens a session in which lines are typed and taken back, with the facts that it rests on;
  /// `nil` for a dialect whose configurations are loaded as a whole.
  var session: Session?
  /// What holds in a switch that nobody has configured.
  var start: [Action]
  /// The line that mends a finding of the reader, by its rule.
  var hints: [String: String]
  /// The outermost block first.
  var blocks: [Block]
  /// Forms of lines after which a text of somebody's own follows, such as a banner.
  var verbatim: [Verbatim]
  /// Forms of unknown lines, and whether such a line opens a block whose lines are unknown too; the
  /// first form that fits counts.
  var foreign: [Foreign]

  /// How lines are typed on a live switch.
  struct Session: Hashable, Sendable {
    /// Opens the mode in which they are typed.
    var opening: String
    /// What takes a line back that stands behind it.
    var undo: String
    /// Forms of lines that are typed before that mode is opened.
    var privileged: [Pattern] = []
    var facts: [String]
  }

  private var undoPrefix: String { (session?.undo ?? "no") + " " }

  /// What takes a line back.
  func undo(of text: String) -> String {
    text.hasPrefix(undoPrefix) ? String(text.dropFirst(undoPrefix.count)) : undoPrefix + text
  }

  /// Whether a command is the word for taking back and the start of a line.
  func negates(_ command: String, _ line: String) -> Bool {
    command.hasPrefix(undoPrefix)
      && (line + " ").hasPrefix(command.dropFirst(undoPrefix.count) + " ")
  }

  /// A line that starts a text which is no configuration.
  struct Verbatim: Hashable, Sendable {
    var pattern: Pattern
    /// The line that ends it; `nil` where the first line says it in its last value.
    var end: String?
  }

  /// A form of lines that no block knows.
  struct Foreign: Hashable, Sendable {
    var pattern: Pattern
    var opens: Bool
  }
}
