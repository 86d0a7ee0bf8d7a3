import Fabric
import Quantities

extension LabPlan {
  /// Faults of a cable, or of what is at both its ends.
  func linkChange(
    _ fault: LabFault, _ place: LabPlace, _ random: inout some RandomNumberGenerator
  ) -> LabChange? {
    // Probes go by ports that have networks, so a fault of others can be seen by LLDP alone.
    let all = plugged(place)
    let carrying = all.filter { !$0.networks.isEmpty && $0.base.form != .bond }
    // What a link carries badly shows in probes alone, and a bond may send them by another one.
    let needsProbes = [LabFault.slowLink, .lossyLink, .slightlyLossyLink, .oneWayLink]
      .contains(fault)
    let fitting = carrying.isEmpty && !needsProbes ? all : carrying
    guard let own = fitting.randomElement(using: &random) else { return nil }
    let cable = own.port.link.cable
    func change(
      _ said: String, _ words: [String], _ steps: [LabStep], undo: [LabStep]
    ) -> LabChange {
      LabChange(fault: fault, said: said, words: words, steps: steps, undo: undo)
    }
    func back(_ end: Plugged) -> [LabStep] { replug(end.host, end.port, to: end.port.link.a) }
    let out = replug(own.host, own.port, to: nil)
    switch fault {
    case .crossedCables, .neighboursPort:
      let others = plugged().filter {
        $0.host.name != own.host.name && $0.device.name == own.device.name
          && $0.far.membership == own.far.membership
      }
      guard let other = others.randomElement(using: &random) else { return nil }
      if fault == .crossedCables {
        return change(
          "swapped the cables of \(own.shown) and \(other.shown) at \(own.device.name)",
          [cable, other.port.link.cable],
          out + replug(other.host, other.port, to: own.port.link.a)
            + replug(own.host, own.port, to: other.port.link.a),
          undo: out + back(other) + back(own))
      }
      return change(
        "put the cable of \(own.shown) into \(other.farShown), which belongs to \(other.shown)",
        [cable, own.host.name],
        replug(other.host, other.port, to: nil)
          + replug(own.host, own.port, to: other.port.link.a), undo: back(own) + back(other))
    case .wrongFabric:
      let others = all.filter {
        $0.host.name == own.host.name && $0.device.name != own.device.name
          && $0.far.membership != own.far.membership
      }
      guard let other = others.randomElement(using: &random) else { return nil }
      return change(
        "swapped the cables of \(own.shown) and \(other.shown) between the fabrics",
        [own.host.name, cable, other.port.link.cable],
        out + replug(other.host, other.port, to: own.port.link.a)
          + replug(own.host, own.port, to: other.port.link.a),
        undo: out + back(other) + back(own))
    case .missingCable:
      return change(
        "took the cable of \(own.shown) out of \(own.farShown)", [own.host.name, own.port.name],
        out, undo: back(own))
    case .linkDown:
      return change(
        "shut down \(own.farShown)", [own.host.name, own.port.name],
        [set(.switches, own.far.interface, "down")], undo: [set(.switches, own.far.interface, "up")]
      )
    case .hostPortDown:
      return change(
        "shut down \(own.shown)", [own.host.name, own.port.name],
        [set(own.node, own.port.name, "down")], undo: [set(own.node, own.port.name, "up")])
    case .linkFlapping: return flapping(own, change)
    case .slowLink:
      let limit = ["rate", "100mbit", "burst", "64k", "latency", "50ms"]
      return change(
        "limited \(own.farShown) to 100 Mbps in both directions", [own.host.name, own.port.name],
        [
          LabStep(
            .switches, ["tc", "qdisc", "add", "dev", own.far.interface, "root", "tbf"] + limit),
          LabStep(own.node, ["tc", "qdisc", "add", "dev", own.port.name, "root", "tbf"] + limit),
        ],
        undo: [
          LabStep(.switches, ["tc", "qdisc", "delete", "dev", own.far.interface, "root"]),
          LabStep(own.node, ["tc", "qdisc", "delete", "dev", own.port.name, "root"]),
        ])
    case .lossyLink, .slightlyLossyLink:
      let (share, rule) = fault == .lossyLink ? ("1 %", 100) : ("0.1 %", 1000)
      let drop = "numgen random mod \(rule) < 1 drop"
      return change(
        "made \(own.farShown) lose \(share) of all frames in both directions",
        [own.farShown, cable],
        filter(.switches, own.far.interface, drop) + filter(own.node, own.port.name, drop),
        undo: unfilter(.switches) + unfilter(own.node))
    case .oneWayLink:
      return change(
        "cut the fibre from \(own.shown) to \(own.farShown)", [own.farShown, cable],
        filter(own.node, own.port.name, "drop"), undo: unfilter(own.node))
    case .deafLink:
      return change(
        "cut the fibre from \(own.farShown) to \(own.shown)", [own.host.name, own.port.name],
        filter(.switches, own.far.interface, "drop") + [LabPlan.forgetting],
        undo: unfilter(.switches))
    case .lldpOff:
      let words = [
        "lldpcli", "-u", lldpSocket(own.device), "configure", "ports", own.far.interface, "lldp",
        "status",
      ]
      return change(
        "switched LLDP off at \(own.farShown)", [own.host.name, own.port.name],
        [LabStep(.switches, words + ["disabled"]), LabPlan.forgetting],
        undo: [LabStep(.switches, words + ["rx-and-tx"])])
    case .lldpMACOnly:
      var nameless = own.far
      let place = own.device.ports.firstIndex(of: own.far) ?? 0
      nameless.name = LabHost.mac(host: 0xFF_FFFF, port: place)
      nameless.description = nameless.name
      return change(
        "made \(own.farShown) name a MAC address alone", [own.host.name, own.port.name],
        lldpPort(own.device, nameless), undo: lldpPort(own.device, own.far))
    default: return nil
    }
  }

  private func flapping(
    _ own: Plugged, _ change: (String, [String], [LabStep], [LabStep]) -> LabChange
  ) -> LabChange {
    let mark = "/run/flapping-\(own.far.interface)"
    // The only thing of a lab that goes on by itself; without its mark it ends.
    let script =
      "while [ -e \(mark) ]; do ip link set dev \(own.far.interface) down; sleep 2;"
      + " ip link set dev \(own.far.interface) up; sleep 1; done"
    return change(
      "made \(own.farShown) go down and up every few seconds", [own.host.name, own.port.name],
      [
        LabStep(.switches, ["touch", mark]),
        LabStep(.switches, ["sh", "-c", script], isBackground: true),
      ],
      [
        LabStep(.switches, ["rm", "-f", mark]), LabStep(.machine, ["sleep", "4"]),
        set(.switches, own.far.interface, "up"),
      ])
  }

  /// A neighbour that falls silent is remembered for four times as long as it rests between its words.
  private static let forgetting = LabStep(.machine, ["sleep", "\(4 * lldpInterval + 1)"])

  func set(_ node: LabNode, _ interface: String, _ state: String) -> LabStep {
    LabStep(node, ["ip", "link", "set", "dev", interface, state])
  }

  /// Drops frames that leave an interface. What comes in has been seen by Open vSwitch and lldpd
  /// before any filter, so a fault of one direction is made where it leaves.
  private func filter(_ node: LabNode, _ interface: String, _ rule: String) -> [LabStep] {
    [
      LabStep(
        node, ["nft", "-f", "-"],
        input: """
          table netdev lab {
            chain out {
              type filter hook egress device "\(interface)" priority 0;
              \(rule)
            }
          }

          """)
    ]
  }

  private func unfilter(_ node: LabNode) -> [LabStep] {
    [LabStep(node, ["nft", "delete", "table", "netdev", "lab"], mayFail: true)]
  }
}
