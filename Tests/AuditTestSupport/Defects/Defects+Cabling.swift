import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// Wrong, missing and doubled cables.
  static let cabling: [Defect] = [
    Defect("link-to-a-used-port", "port-used-once") { fabric, rng in
      let hosts = fabric.links(.host)
      guard let first = hosts.randomElement(using: &rng),
        let second = hosts.filter({
          $0 != first && fabric.links[$0].a.node == fabric.links[first].a.node
        }).randomElement(using: &rng)
      else { return nil }
      move(second, to: fabric.links[first].a, &fabric)
      return fabric.links[first].a.port
    },
    Defect("link-to-a-missing-port", "port-used-once") { fabric, rng in
      guard let index = fabric.links(.host).randomElement(using: &rng) else { return nil }
      let node = fabric.links[index].a.node
      move(index, to: Endpoint(node: node, port: "Nowhere 9/9"), &fabric)
      return "Nowhere 9/9"
    },
    Defect("split-port-used-whole", "port-used-once") { fabric, rng in
      let splits = fabric.devices.flatMap { device in
        device.ports.compactMap { port in port.splitFrom.map { (device.name, $0) } }
      }
      guard let (device, whole) = splits.randomElement(using: &rng),
        let index = fabric.links.indices.filter({ fabric.links[$0].a.node == device })
          .randomElement(using: &rng)
      else { return nil }
      move(index, to: Endpoint(node: device, port: whole), &fabric)
      return whole
    },
    Defect("port-lost-by-splitting-is-used", "port-usable") { fabric, rng in
      guard let index = fabric.links(.host).randomElement(using: &rng) else { return nil }
      let end = fabric.links[index].a
      guard let device = fabric.devices.firstIndex(where: { $0.name == end.node }),
        let port = fabric.devices[device].ports.firstIndex(where: { $0.name == end.port })
      else { return nil }
      fabric.devices[device].ports[port].usable = false
      return end.port
    },
    Defect("more-ports-than-the-part-has", "ports-match-part") { fabric, rng in
      guard let index = fabric.devices.indices.randomElement(using: &rng),
        var port = fabric.devices[index].ports.first
      else { return nil }
      port.name += "99"
      fabric.devices[index].ports.append(port)
      return fabric.devices[index].name
    },
    Defect("more-splits-than-the-part-can", "port-usable") { fabric, rng in
      let split = fabric.devices.filter { $0.ports.contains { $0.splitFrom != nil } }
      guard let device = split.randomElement(using: &rng) else { return nil }
      let group = device.ports.first { $0.splitFrom != nil }?.group ?? ""
      // Of a port in a module the group is that of the module.
      guard
        fabric.catalog.part(device.part)?.asSwitch?.ports.contains(where: { $0.id == group })
          == true
      else { return nil }
      let isDone = fabric.changeSwitch(device.part) { spec in
        for index in spec.ports.indices where spec.ports[index].id == group {
          spec.ports[index].split?.maxPorts = 0
        }
      }
      return isDone ? device.name : nil
    },
    Defect("cable-missing", "cables-match-links") { fabric, rng in
      guard let index = fabric.cables.indices.randomElement(using: &rng) else { return nil }
      let id = fabric.cables.remove(at: index).id
      return fabric.links.first { $0.cable == id }?.id
    },
    Defect("all-peer-cables-missing", "cables-match-links") { fabric, _ in
      let ids = fabric.links(.peer).map { fabric.links[$0].cable }
      guard !ids.isEmpty else { return nil }
      fabric.cables.removeAll { ids.contains($0.id) }
      return fabric.links.first { $0.role == .peer }?.id
    },
    Defect("cable-without-a-link", "cables-match-links") { fabric, rng in
      guard let index = fabric.links.indices.randomElement(using: &rng) else { return nil }
      return fabric.links.remove(at: index).cable
    },
    Defect("cable-end-elsewhere", "cables-match-links") { fabric, rng in
      guard let index = fabric.links(.host).randomElement(using: &rng),
        let cable = fabric.cables.firstIndex(where: { $0.id == fabric.links[index].cable })
      else { return nil }
      let wrong = Endpoint(node: fabric.links[index].b.node, port: "elsewhere")
      if let leg = fabric.cables[cable].b.firstIndex(where: {
        $0.endpoint == fabric.links[index].b
      }) {
        fabric.cables[cable].b[leg].endpoint = wrong
      } else {
        fabric.cables[cable].a.endpoint = wrong
      }
      return fabric.cables[cable].id
    },
    Defect("speed-of-one-end-alone", "speed-agrees") { fabric, rng in
      guard let index = fabric.links(.host).randomElement(using: &rng) else { return nil }
      fabric.links[index].rate = .gigabits(33)
      return fabric.links[index].id
    },
    Defect("cable-too-short", "length-covers") { fabric, rng in
      guard let index = fabric.cables.indices.randomElement(using: &rng) else { return nil }
      return replaceCable(index, &fabric) { $0.length = Length(millimetres: 100) }
    },
    Defect("all-runs-at-one-typed-distance", "length-covers") { fabric, rng in
      guard let index = fabric.cables.indices.randomElement(using: &rng) else { return nil }
      fabric.cables[index].routed = Length(millimetres: 77)
      return fabric.cables[index].id
    },
    Defect("plug-does-not-fit", "connector-fits") { fabric, rng in
      guard let index = fabric.cables.indices.randomElement(using: &rng) else { return nil }
      return replaceCable(index, &fabric) {
        let wrong: Connector = $0.endA == .mpo12 ? .lc : .mpo12
        ($0.endA, $0.endB) = (wrong, wrong)
      }
    },
    Defect("cabling-that-is-not-there", "length-covers") { fabric, rng in
      guard let index = fabric.cables.indices.randomElement(using: &rng) else { return nil }
      fabric.cables[index].existing = "nowhere-elsewhere om3"
      fabric.cables[index].pieces = 2
      return fabric.cables[index].id
    },
  ]

  /// Moves the near end of a link, with its cable's.
  private static func move(_ index: Int, to endpoint: Endpoint, _ fabric: inout Fabric) {
    let old = fabric.links[index].a
    fabric.links[index].a = endpoint
    guard let cable = fabric.cables.firstIndex(where: { $0.id == fabric.links[index].cable })
    else { return }
    if fabric.cables[cable].a.endpoint == old { fabric.cables[cable].a.endpoint = endpoint }
    for leg in fabric.cables[cable].b.indices where fabric.cables[cable].b[leg].endpoint == old {
      fabric.cables[cable].b[leg].endpoint = endpoint
    }
  }

  /// Gives a cable a changed copy of its part; returns the cable's id.
  static func replaceCable(
    _ index: Int, _ fabric: inout Fabric, change: (inout CableSpec) -> Void
  ) -> String? {
    let copy = fabric.addCopy(of: fabric.cables[index].part, as: "wrong-cable") { part in
      guard var spec = part.asCable else { return }
      change(&spec)
      part.spec = .cable(spec)
    }
    guard let copy else { return nil }
    fabric.cables[index].part = copy
    return fabric.cables[index].id
  }
}
