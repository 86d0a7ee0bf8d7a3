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
  var notes: [String] {
    layout.folded.map { fold in
      let (own, kept) = (shape.networks[fold.network], shape.networks[fold.into])
      let port = shape.ports[own.port].name
      let reason =
        "Windows gives a port one VLAN, and on \(system.name) a team or virtual switch that could"
        + " tell more apart would cost RDMA: \(port) is in VLAN \(kept.vlan.id.number) (\(kept.name))"
        + " alone, not in \(own.vlan.id.number) (\(own.name))"
      return own.vlan.purpose == .csv || own.vlan.purpose == .liveMigration
        ? reason + "; that traffic takes \(kept.name)"
        : reason + ", and nothing of \(own.name) reaches this host: give it a port of its own"
    }
      + (layout.hasLostRDMA
        ? [
          "ports that are a team of NIC Teaming have no RDMA: SMB Direct does not run on them"
        ] : [])
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
