import CatalogModel
import Fabric
import Quantities
import SiteModel
import TemplateText

/// The files of a group of Windows hosts: one script to set any of them up, one to go back, and the
/// tables of what differs from host to host.
struct WindowsFiles {
  let shape: HostShape
  let system: WindowsSystem
  let layout: WindowsLayout
  private let header: HostConfig.Header

  init(_ shape: HostShape, _ system: WindowsSystem, _ header: HostConfig.Header) {
    self.shape = shape
    self.system = system
    self.header = header
    layout = WindowsLayout(shape, system)
  }

  /// Where the hosts do otherwise than the plan has it.
  var notes: [HostNote] {
    let group = shape.group.name
    var notes: [HostNote] = []
    for kept in shape.networks.indices {
      let folds = layout.folded.filter { $0.into == kept }.map { shape.networks[$0.network] }
      guard !folds.isEmpty else { continue }
      let own = shape.networks[kept]
      let others = folds.map { other in
        let name = "not in VLAN \(other.vlan.id.number) (\(other.name))"
        return other.vlan.purpose == .csv || other.vlan.purpose == .liveMigration
          ? "\(name), whose traffic takes \(own.name)"
          : "\(name), of which nothing reaches the host until it has a port of its own"
      }
      notes.append(
        HostNote(
          group: group, subject: "\(shape.ports[own.port].name) of hosts \(group)",
          text: "Windows gives a port one VLAN, and what could tell more apart on \(system.name), a"
            + " team or a virtual switch, would cost RDMA: the port is in VLAN"
            + " \(own.vlan.id.number) (\(own.name)) alone, \(others.joined(separator: ", "))"))
    }
    if layout.hasLostRDMA {
      notes.append(
        HostNote(
          group: group, subject: "teams of hosts \(group)",
          text: "ports in a team have no RDMA on \(system.name): SMB Direct does not run on them"))
    }
    return notes
  }

  /// - Throws: `Findings` for templates that do not fit.
  func files(_ templates: HostTemplates) throws(Findings) -> [HostFile] {
    let view = WindowsView(self, header).node
    let folder = "hosts/\(shape.group.name)"
    var files: [HostFile] = []
    for name in ["apply", "undo"] {
      files.append(
        HostFile(
          path: "\(folder)/\(name).ps1",
          try templates.render(
            name, of: "windows", view, system: system.name, name: shape.group.name)))
    }
    files.append(HostFile(path: "\(folder)/nics.csv", table: HostTables.ports(shape)))
    files.append(HostFile(path: "\(folder)/addresses.csv", table: addresses()))
    return files
  }

  /// One row an address, under the name that its interface has on the host.
  private func addresses() -> String {
    var text = "host,interface,network,vlan,address,prefix_length\n"
    for host in shape.hosts {
      for interface in layout.interfaces {
        let network = shape.networks[interface.network]
        text +=
          "\(host.name),\(interface.alias),\(network.name),\(network.vlan.id.number),"
          + "\(host.addresses[interface.network]),\(network.prefix.prefixLength)\n"
      }
    }
    return text
  }
}
