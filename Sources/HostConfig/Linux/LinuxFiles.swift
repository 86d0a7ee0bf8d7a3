import Fabric
import Quantities
import TemplateText

/// The files of a group of Linux hosts: scripts that all share, and for each host its network in
/// each format that its system knows.
struct LinuxFiles {
  private let view: LinuxView
  private var shape: HostShape { view.shape }

  init(_ shape: HostShape, _ system: LinuxSystem, _ header: HostConfig.Header) {
    view = LinuxView(shape: shape, system: system, layout: LinuxLayout(shape), header: header)
  }

  /// Where the hosts do otherwise than the plan has it.
  var notes: [HostNote] {
    view.layout.tooLong.map {
      HostNote(
        group: shape.group.name, subject: "\($0) of hosts \(shape.group.name)",
        text:
          "the interface would have more than \(LinuxLayout.longestName) characters, which Linux"
          + " does not take: give it another name in all files")
    }
  }

  /// - Throws: `Findings` for templates that do not fit.
  func files(_ templates: HostTemplates) throws(Findings) -> [HostFile] {
    let node = view.node
    let folder = "hosts/\(shape.group.name)"
    var files: [HostFile] = []
    for (template, name) in scripts {
      let marked = try templates.render(
        template, of: "linux", node, system: view.system.name, name: shape.group.name)
      files.append(HostFile(path: "\(folder)/\(name)", marked))
    }
    files.append(HostFile(path: "\(folder)/nics.csv", table: HostTables.ports(shape)))
    var stamps: [(path: String, stamp: HostStamp)] = []
    for template in ownFiles {
      let marked = try templates.render(
        template, of: "linux", node, system: view.system.name, name: shape.group.name)
      stamps += LinuxFiles.parts(marked.lines).map { ($0.path, HostStamp($0.lines)) }
    }
    for host in shape.hosts {
      for (path, stamp) in stamps {
        files.append(HostFile(path: "\(folder)/\(host.name)/\(path)", lines: stamp.lines(of: host)))
      }
    }
    return files
  }

  /// Templates of what all hosts share, with the names of their files.
  private var scripts: [(template: String, name: String)] {
    var scripts = [
      ("name-nics", "name-nics.sh"), ("install", "install.sh"),
      ("irq-affinity", "irq-affinity.sh"), ("sysctl", "sysctl.d/60-tenfold.conf"),
    ]
    if shape.qos != nil { scripts.append(("dcb", "dcb.sh")) }
    if shape.networks.contains(where: { $0.vlan.purpose == .liveMigration }) {
      scripts.append(("migration", "migration.md"))
    }
    return scripts
  }

  /// Templates of what is a host's own.
  private var ownFiles: [String] {
    var names = view.system.formats.map(\.rawValue)
    if shape.networks.contains(where: { $0.vlan.purpose == .liveMigration }) {
      names.append("libvirt")
    }
    return names
  }

  /// A template writes several files: a mark `file PATH` starts each.
  private static func parts(_ lines: [ConfigLine]) -> [(path: String, lines: [ConfigLine])] {
    var parts: [(path: String, lines: [ConfigLine])] = []
    for var line in lines {
      let path = line.subject.hasPrefix("file ") ? String(line.subject.dropFirst(5)) : ""
      guard !path.isEmpty else { continue }
      if parts.last?.path != path { parts.append((path, [])) }
      line.number = parts[parts.count - 1].lines.count + 1
      line.subject = ""
      parts[parts.count - 1].lines.append(line)
    }
    return parts
  }
}
