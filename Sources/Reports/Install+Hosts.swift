import Fabric
import Quantities
import SiteModel

extension Install {
  /// What sets the hosts up, for those with files of their own.
  func writeHostFiles(_ page: inout Markdown) {
    guard !hostFolders.isEmpty else { return }
    page.paragraph(
      "What each host is to be told stands in "
        + listing(hostFolders.map { Markdown.code("hosts/\($0)/") })
        + ". In a copy of that folder fill in the column `mac` of `nics.csv`: nobody but the host "
        + "knows which port is which. The scripts name the ports by it, refuse a port that runs at "
        + "another rate than the plan has, show what they change, and keep what was there before. "
        + "Drain a host before you set it up, and do one host alone before the others.")
    page.paragraph(
      "`ansible/` holds an inventory and playbooks that bring the same files to hosts and switches."
    )
  }

  /// Hosts that have guests and storage on the same ports: where each virtual port belongs.
  func writeVirtualPorts(_ page: inout Markdown) {
    for group in fabric.site.hosts {
      let ports = fabric.virtualPorts(of: group)
      let tied = ports.filter(\.isTied)
      if !tied.isEmpty {
        page.paragraph(
          "On hosts of \(Markdown.code(group.name)) guests and storage share ports under one virtual "
            + "switch (Switch Embedded Teaming). A virtual port of storage works only on the port "
            + "of its fabric, since its VLAN is on no other: tie each to it. Put in the name that "
            + "Windows has for the port; `addresses.csv` has the address and VLAN of each.")
        page.code(
          tied.map {
            "Set-VMNetworkAdapterTeamMapping -ManagementOS -VMNetworkAdapterName \"\($0.name)\""
              + " -PhysicalNetAdapterName \"\($0.port)\""
          })
        page.paragraph(
          "`Get-VMNetworkAdapterTeamMapping -ManagementOS` shows them all afterwards.")
      }
      let loose = ports.filter { !$0.isTied }
      if !loose.isEmpty {
        page.paragraph(
          "On hosts of \(Markdown.code(group.name)) join the ports of a card on the two fabrics to "
            + "one team that does not depend on the switches, without LACP, under one virtual "
            + "switch, with a virtual port for each of "
            + listing(loose.map { "\(Markdown.code($0.name)) (VLAN \($0.vlan.number))" })
            + ". Windows Server 2012 R2 ties none of them to a port of the team, so each of these "
            + "VLANs is on both fabrics: an address of `addresses.csv` is that of the virtual port, "
            + "wherever it sits.")
      }
    }
  }
}
