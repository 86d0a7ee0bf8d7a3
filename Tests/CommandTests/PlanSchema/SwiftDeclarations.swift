/// The values of a plan as their Swift sources declare them: names, types and documentation.
///
/// The sources are regular enough to be read line by line: one stored property a line, two spaces
/// of indentation a level. What this misses the test notices, since a plan then holds members that
/// the schema does not know.
struct SwiftDeclarations {
  struct Property {
    var name: String
    var type: String
    var doc: String
  }
  enum Body {
    case structure([Property])
    case choice([String])
  }
  struct Declaration {
    var doc: String
    var body: Body
  }
  /// By full name, such as `Confirmation.Kind`.
  private(set) var all: [String: Declaration] = [:]

  /// Adds what one source file declares.
  mutating func read(_ source: String) {
    var scope: [String] = []
    var doc: [String] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == " " }.count / 2
      let text = line.drop { $0 == " " }
      if text.isEmpty { continue }
      if text.hasPrefix("///") {
        doc.append(String(text.dropFirst(3).drop { $0 == " " }))
        continue
      }
      if depth < scope.count { scope.removeSubrange(depth...) }
      if depth == scope.count { declare(text, doc: doc.joined(separator: " "), scope: &scope) }
      doc = []
    }
  }

  private mutating func declare(_ text: Substring, doc: String, scope: inout [String]) {
    let words = text.split { " :=,(".contains($0) }
    if text.hasPrefix("public struct ") || text.hasPrefix("public enum ") {
      scope.append(String(words[2]))
      all[scope.joined(separator: ".")] = Declaration(
        doc: doc, body: words[1] == "struct" ? .structure([]) : .choice([]))
    } else if text.hasPrefix("extension "), text.hasSuffix("{") {
      scope.append(String(words[1]))
    } else if text.hasPrefix("public var ") || text.hasPrefix("public let "), !text.contains("{") {
      let fields = text.split(separator: ":", maxSplits: 1)
      let type = fields[1].split(separator: "=")[0].filter { $0 != " " }
      change(scope) { body in
        guard case .structure(let properties) = body else { return }
        let new = Property(name: String(words[2]), type: String(type), doc: doc)
        body = .structure(properties + [new])
      }
    } else if text.hasPrefix("case ") {
      let names =
        text.contains("\"")
        ? [String(text.split(separator: "\"")[1])] : words.dropFirst().map(String.init)
      change(scope) { body in
        if case .choice(let known) = body { body = .choice(known + names) }
      }
    }
  }

  private mutating func change(_ scope: [String], _ edit: (inout Body) -> Void) {
    let name = scope.joined(separator: ".")
    guard var declaration = all[name] else { return }
    edit(&declaration.body)
    all[name] = declaration
  }

  /// The full name of a type that is named inside another.
  func resolve(_ name: String, in outer: String) -> String? {
    var scope = outer.split(separator: ".").map(String.init)
    while true {
      let full = (scope + [name]).joined(separator: ".")
      if all[full] != nil { return full }
      if scope.popLast() == nil { return nil }
    }
  }
}
