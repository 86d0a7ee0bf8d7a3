import CatalogModel
import Fabric
import Quantities
import SiteModel
import TemplateText

/// The inventory of all switches and hosts, and the playbooks that bring each its files.
struct AnsibleFiles {
  private let fabric: Fabric
  private let shapes: [HostShape]
  private let header: HostConfig.Header
  private let systems: SystemTable

  init(
    _ fabric: Fabric, _ shapes: [HostShape], _ header: HostConfig.Header, _ systems: SystemTable
  ) {
    self.fabric = fabric
    self.shapes = shapes
    self.header = header
    self.systems = systems
  }

  /// - Throws: `Findings` for templates that do not fit.
  func files(_ templates: HostTemplates) throws(Findings) -> [HostFile] {
    let view = node
    let hasHosts = shapes.contains { systems[$0.group.os] != nil }
    var names: [String] = []
    if hasHosts { names.append("hosts") }
    if !dialects.isEmpty { names.append("switches") }
    if !names.isEmpty { names.insert("inventory", at: 0) }
    var files: [HostFile] = []
    for name in names {
      files.append(
        HostFile(
          path: "ansible/\(name).yaml",
          try templates.render(name, of: "ansible", view, system: "Ansible", name: name)))
    }
    return files
  }

  private var node: Node {
    Node([
      "planName": Node(header.planName), "planHash": Node(header.planHash),
      "date": Node(header.date.iso), "dialects": Node(dialects),
      "hasSwitches": Node(!dialects.isEmpty), "windows": Node(groups(isWindows: true)),
      "linux": Node(groups(isWindows: false)),
      // What marks a value in a playbook, which the templates' own marks would hide.
      "open": Node("{{"), "close": Node("}}"),
    ])
  }

  /// Switches by operating system, in the order of its name.
  private var dialects: [Node] {
    unique(fabric.intents.map(\.os)).sorted().compactMap { os in
      guard case .network(let system)? = systems[os.rawValue] else { return nil }
      let switches = fabric.intents.filter { $0.os == os }.map { intent in
        var parts = ["name": Node(intent.hostname)]
        if let address = intent.management?.address { parts["address"] = Node(address.description) }
        return Node(parts)
      }
      return Node([
        "group": Node(Self.group("switches", os.rawValue)), "networkOS": Node(system.networkOS),
        "module": Node(system.module), "os": Node(os.rawValue), "switches": Node(switches),
        os.rawValue: .yes,
      ])
    }
  }

  private func groups(isWindows: Bool) -> [Node] {
    shapes.compactMap { shape in
      var parts: [String: Node] = [
        "folder": Node(shape.group.name), "group": Node(Self.group("hosts", shape.group.name)),
        "hosts": Node(shape.hosts.map(\.name)),
      ]
      switch systems[shape.group.os] {
      case .windows where isWindows: return Node(parts)
      case .linux(let system) where !isWindows:
        parts["format"] = Node(system.formats.first?.rawValue ?? "")
        parts["formats"] = Node(system.formats.map(\.rawValue).joined(separator: ", "))
        if shape.qos != nil { parts["lossless"] = .yes }
        return Node(parts)
      default: return nil
      }
    }
  }

  /// Names of groups hold letters, digits and underscores alone (`ANS-2`).
  private static func group(_ kind: String, _ name: String) -> String {
    kind + "_"
      + String(
        decoding: name.utf8.map { byte in
          byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") ? UInt8(ascii: "_") : byte
        }, as: UTF8.self)
  }
}
