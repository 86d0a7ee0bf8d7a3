import Mustache

/// A value for the templates: text, yes or no, a list, or named parts.
///
/// One class for all of them, since the template engine asks each value for its protocols at run
/// time, and the first question about each type is slow.
package final class Node: MustacheParent, MustacheCustomRenderable, MustacheSequence, Sendable {
  private enum Content: Sendable {
    case text(String)
    case flag(Bool)
    case list([Node])
    case parts([String: Node])
  }
  private let content: Content

  private init(_ content: Content) { self.content = content }

  package convenience init(_ text: String) { self.init(.text(text)) }
  package convenience init(_ number: Int) { self.init(.text(String(number))) }
  package convenience init(_ flag: Bool) { self.init(.flag(flag)) }
  package convenience init(_ list: [Node]) { self.init(.list(list)) }
  package convenience init(_ list: [String]) { self.init(.list(list.map { Node($0) })) }
  package convenience init(_ parts: [String: Node]) { self.init(.parts(parts)) }

  package static let yes = Node(true)

  package func child(named name: String) -> Any? {
    if case .parts(let parts) = content { return parts[name] }
    return nil
  }

  package var renderText: String {
    switch content {
    case .text(let text): text
    case .flag(let flag): flag ? "true" : "false"
    case .list, .parts: ""
    }
  }

  package var isNull: Bool { false }

  /// A section goes over these: nothing for no, the value itself for anything but a list.
  package func makeIterator() -> IndexingIterator<[Node]> {
    switch content {
    case .flag(false): [Node]().makeIterator()
    case .list(let list): list.makeIterator()
    default: [self].makeIterator()
    }
  }
}
