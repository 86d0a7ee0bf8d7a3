import CatalogModel
import PlanProblem
import Quantities
import SiteModel

extension Relaxation {
  /// The way to the existing core.
  static let connection: [Relaxation] = [
    Relaxation(
      id: "north-south", keys: ["traffic.north-south"],
      requirement: {
        "\(Format.rate($0.site.traffic.northSouth ?? .gigabits(0))) must be able to leave to the"
          + " core after the loss of a central switch"
      },
      drop: { site in
        defer { site.traffic.northSouth = nil }
        return site.traffic.northSouth != nil
      },
      changes: { site in
        let now = site.traffic.northSouth ?? .gigabits(0)
        let port = site.core?.ports.first?.rate ?? .gigabits(10)
        let rates = (1...8).map { DataRate(bitsPerSecond: port.bitsPerSecond * $0) }
        return rates.reversed().filter { $0 < now }.map { rate in
          Change(
            words: { _ in "lower traffic.north-south to \(Format.rate(rate))" },
            apply: { $0.traffic.northSouth = rate },
            admits: { $0.carriesToCore(rate) })
        } + [
          Change(
            words: { _ in "leave out traffic.north-south" },
            apply: { $0.traffic.northSouth = nil })
        ]
      }, isGraded: true),
    Relaxation(
      id: "core-uplink", keys: ["core.ports", "core"],
      requirement: { diagnosis in
        let name = diagnosis.site.core?.name ?? ""
        return "the network is connected to the core"
          + (name.isEmpty || name == "core" ? "" : " \(name)")
      },
      drop: { site in
        defer { site.core = nil }
        return site.core != nil
      },
      changes: { site in moreUplinks(site) + otherPorts(site) + [island] }, helpsBudget: false),
  ]

  /// More ports like the first, up to as many links as a site file may ask for.
  private static func moreUplinks(_ site: Site) -> [Change] {
    guard let core = site.core, let first = core.ports.first, core.kind != .separate else {
      return []
    }
    return stride(from: core.uplinks + 2, through: 16, by: 2).map { links in
      Change(
        words: { _ in
          "give the core \(links) free ports like \(first.label) (core.ports), with"
            + " core.uplinks: \(links)"
        },
        apply: { site in
          guard let core = site.core else { return }
          let alike = core.ports.filter { $0.isLike(first) }
          let boxes = Relaxation.boxes(of: core)
          var ports = Array(alike.prefix(links))
          while ports.count < links {
            var port = first
            port.name = "additional \(ports.count + 1)"
            if !boxes.isEmpty { port.box = boxes[ports.count % boxes.count] }
            ports.append(port)
          }
          site.core?.ports = ports
          site.core?.uplinks = links
        })
    }
  }

  private static func boxes(of core: Core) -> [String] {
    core.ports.map(\.box).reduce(into: []) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
  }

  /// The same number of ports of other sockets.
  private static func otherPorts(_ site: Site) -> [Change] {
    guard let first = site.core?.ports.first else { return [] }
    let kinds: [(socket: String, rate: DataRate)] = [
      ("sfp+", .gigabits(10)), ("rj45", .gigabits(10)), ("qsfp+", .gigabits(40)),
    ]
    return kinds.filter { $0.socket != first.connector || $0.rate != first.rate }.map { kind in
      Change(
        words: { _ in
          "give the core free ports of type \(kind.socket) and rate \(Format.rate(kind.rate))"
            + " (core.ports)"
        },
        apply: { site in
          guard var core = site.core else { return }
          for index in core.ports.indices {
            core.ports[index].connector = kind.socket
            core.ports[index].rate = kind.rate
          }
          site.core = core
        })
    }
  }

  /// No core, and nothing that would leave through it.
  private static let island = Change(
    words: { _ in
      "do not connect the network to the core (core: none), and leave tenants and backup on the"
        + " existing LAN (attach: existing-lan)"
    },
    apply: { site in
      site.core = nil
      site.traffic.northSouth = nil
      site.traffic.gateways = .none
      _ = leaveTenants(&site)
    })

  /// Moves what may leave off the new network; `false` when it carries none of it.
  static func leaveTenants(_ site: inout Site) -> Bool {
    var had = site.traffic.backup == .viaCore
    if had { site.traffic.backup = .none }
    for group in site.hosts.indices {
      for nic in site.hosts[group].nics.indices
      where site.hosts[group].nics[nic].attach == .newFabric {
        let carried = site.hosts[group].nics[nic].carries
        let kept = carried.filter {
          $0 != .tenant && !($0 == .backup && site.traffic.backup == .none)
        }
        guard kept != carried else { continue }
        had = true
        site.hosts[group].nics[nic].carries = kept
        // A card with nothing left to carry stays where it is, unless the host has no other.
        let others = site.hosts[group].nics.enumerated().contains {
          $0.offset != nic && $0.element.attach == .newFabric
        }
        if kept.isEmpty, others { site.hosts[group].nics[nic].attach = .existingLAN }
      }
    }
    return had
  }
}

extension PlanChoice {
  /// Whether so much can leave after the loss of a central switch.
  fileprivate func carriesToCore(_ rate: DataRate) -> Bool {
    guard let core = centre.core else { return true }
    let (left, overflow) = core.rate.bitsPerSecond.multipliedReportingOverflow(
      by: Int64(core.perNode))
    return overflow || left >= rate.bitsPerSecond
  }
}
