import CatalogModel
import Quantities

extension CatalogWriter {
  static func write(_ part: Part, _ writer: inout XMLWriter) {
    let name =
      switch part.spec {
      case .networkSwitch: "switch"
      case .module: "module"
      case .optic: "optic"
      case .cable: "cable"
      case .nic: "nic"
      case .accessory: "accessory"
      }
    writeFacts(
      name, [("id", part.id.rawValue), ("vendor", part.vendor)], part.facts, note: part.note,
      &writer)
  }

  static func write(_ standard: ReachStandard, _ writer: inout XMLWriter) {
    writeFacts("standard", [], standard.facts, note: standard.note, &writer)
  }

  static func write(_ rule: CableRule, _ writer: inout XMLWriter) {
    writeFacts("cable-rule", [], rule.facts, note: rule.note, &writer)
  }

  /// An element inside a part, as its facts tell it.
  private struct Node {
    var name: String
    var attributes: [(String, String)] = []
    var sources: [String]
    var children: [(path: String, node: Node)] = []
  }

  /// Builds the element from the paths of the facts and writes it.
  private static func writeFacts(
    _ name: String, _ identity: [(String, String)], _ facts: [Fact], note: String,
    _ writer: inout XMLWriter
  ) {
    // Attributes of the element itself always rest on its default sources.
    let defaults = facts.first { !$0.name.contains("/") }?.sources ?? []
    var root = Node(name: name, attributes: identity, sources: defaults)
    for fact in facts {
      let path = fact.name.split(separator: "/").map(String.init)
      add(fact, path: path[...], to: &root)
    }
    if !note.isEmpty { root.children.append(("note", Node(name: "note", sources: []))) }
    root.attributes.append(("sources", defaults.joined(separator: " ")))
    write(root, inherited: defaults, note: note, indent: 2, isRoot: true, &writer)
  }

  private static func add(_ fact: Fact, path: ArraySlice<String>, to node: inout Node) {
    guard let step = path.first else { return }
    if path.count == 1 {
      node.attributes.append((step, fact.value))
      return
    }
    let at: Int
    if let known = node.children.firstIndex(where: { $0.path == step }) {
      at = known
    } else {
      node.children.append((step, child(step, fact)))
      at = node.children.count - 1
    }
    add(fact, path: path.dropFirst(), to: &node.children[at].node)
  }

  /// The element of one step of a path: `ports[sfp]`, `requires[x#2]` or `power`.
  private static func child(_ step: String, _ fact: Fact) -> Node {
    guard let bracket = step.firstIndex(of: "["), step.hasSuffix("]") else {
      return Node(name: step, sources: fact.sources)
    }
    let name = String(step[..<bracket])
    let inside = step[step.index(after: bracket)..<step.index(before: step.endIndex)]
    let value = String(inside.split(separator: "#").first ?? inside)
    var node = Node(name: name, sources: fact.sources)
    if let key = FactReader.keys[name], !fact.name.hasSuffix("/" + key) {
      node.attributes.append((key, value))
    }
    return node
  }

  private static func write(
    _ node: Node, inherited: [String], note: String, indent: Int, isRoot: Bool,
    _ writer: inout XMLWriter
  ) {
    var attributes = node.attributes
    if !isRoot, node.name != "note", node.sources != inherited {
      attributes.append(("sources", node.sources.joined(separator: " ")))
    }
    if node.name == "note" {
      writer.element("note", [], indent: indent, text: note)
    } else if node.children.isEmpty {
      writer.element(node.name, attributes, indent: indent)
    } else {
      writer.element(node.name, attributes, indent: indent) { writer in
        for (_, child) in node.children {
          write(
            child, inherited: node.sources, note: note, indent: indent + 2, isRoot: false, &writer)
        }
      }
    }
  }
}
