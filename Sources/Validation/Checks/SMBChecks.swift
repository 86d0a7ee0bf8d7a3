import Evidence
import Fabric
import Quantities

/// Whether open sessions of SMB between hosts use all networks that they are to use.
enum SMBChecks {
  static func run(_ host: ObservedHost, _ sheet: inout Sheet) {
    sheet.ports = []
    guard host.facts.system == .windows, host.plan.group.hasMultichannel else {
      return sheet.skip(.smbMultichannel, "", "only Windows has SMB Multichannel")
    }
    guard case .known(let all, let source) = host.facts.smbConnections else {
      let why = host.facts.smbConnections.unknown ?? Unknown(.notCollected)
      return sheet.add(.smbMultichannel, "", .unknown, why.shown)
    }
    let own = host.plan.networks.filter { $0.foldedInto == nil }
    let planned = all.filter { one in own.contains { $0.address == one.client } }
    guard !planned.isEmpty else {
      return sheet.skip(.smbMultichannel, "", "no session of SMB was open in a planned network")
    }
    for server in unique(planned.map(\.server)) {
      let used = planned.filter { $0.server == server }
      let good = used.filter { $0.isSelected && !$0.hasFailed }
      // A session in one network of a purpose is to be in its sisters too: those of both fabrics.
      let purposes = Set(
        own.filter { network in used.contains { $0.client == network.address } }
          .map(\.vlan.purpose))
      let missing = own.filter { network in
        purposes.contains(network.vlan.purpose)
          && !good.contains { $0.client == network.address }
      }
      let slow = good.filter { !$0.isRSSCapable && !$0.isRDMACapable }
      if !missing.isEmpty {
        sheet.add(
          .smbMultichannel, server, .fail,
          "no connection to \(server) by \(missing.map(\.name).joined(separator: ", "))",
          expected: "one by each network of its kind", output: source.output)
      } else if let one = slow.first {
        sheet.add(
          .smbMultichannel, server, .fail,
          "the connection to \(server) from \(one.client?.description ?? "") has neither RSS nor RDMA",
          expected: "RSS or RDMA", output: source.output)
      } else {
        sheet.add(
          .smbMultichannel, server, .pass, "\(good.count) connections to \(server)",
          output: source.output)
      }
    }
  }
}
