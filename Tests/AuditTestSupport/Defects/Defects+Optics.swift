import CatalogModel
import Fabric
import Quantities
import SiteModel
import TenfoldTestSupport

extension Defect {
  /// Wrong transceivers, and parts that a device does not take.
  static let optics: [Defect] = [
    Defect("single-mode-optic-on-multimode-glass", "reach-suffices") { fabric, rng in
      guard let index = opticCables(fabric).randomElement(using: &rng),
        let copy = otherOptic(index, &fabric, change: singleMode)
      else { return nil }
      fabric.cables[index].a.optic = copy
      for leg in fabric.cables[index].b.indices { fabric.cables[index].b[leg].optic = copy }
      return fabric.cables[index].id
    },
    Defect("unlike-optics-at-both-ends", "optics-match") { fabric, rng in
      guard
        let index = opticCables(fabric).filter({ fabric.cables[$0].b.first?.optic != nil })
          .randomElement(using: &rng),
        let copy = otherOptic(index, &fabric, change: singleMode)
      else { return nil }
      fabric.cables[index].a.optic = copy
      return fabric.cables[index].id
    },
    Defect("optic-does-not-fit-the-cage", "connector-fits") { fabric, rng in
      guard let index = opticCables(fabric).randomElement(using: &rng),
        let copy = otherOptic(index, &fabric, change: { $0.form = .rj45 })
      else { return nil }
      fabric.cables[index].a.optic = copy
      return fabric.cables[index].a.endpoint.node
    },
    Defect("optic-missing-at-one-end", "connector-fits", "optics-match") { fabric, rng in
      guard let index = opticCables(fabric).randomElement(using: &rng) else { return nil }
      fabric.cables[index].a.optic = nil
      return fabric.cables[index].id
    },
    Defect("optic-too-fast-for-the-cage", "speed-agrees") { fabric, rng in
      guard let index = opticCables(fabric).randomElement(using: &rng),
        let copy = otherOptic(index, &fabric, change: { $0.rates = [.gigabits(400)] })
      else { return nil }
      fabric.cables[index].a.optic = copy
      return fabric.cables[index].id
    },
    Defect("way-longer-than-the-reach", "reach-suffices") { fabric, rng in
      guard let index = opticCables(fabric).randomElement(using: &rng) else { return nil }
      return replaceCable(index, &fabric) { $0.length = .metres(50_000) }
    },
    Defect("passive-twinax-beyond-its-limit", "reach-suffices") { fabric, rng in
      let passive = fabric.cables.indices.filter {
        fabric.catalog.part(fabric.cables[$0].part)?.asCable?.family == .passiveDAC
      }
      guard let index = passive.randomElement(using: &rng),
        let longest = fabric.catalog.references.longest(.passiveDAC)
      else { return nil }
      return replaceCable(index, &fabric) {
        $0.length = Length(millimetres: longest.millimetres + 1)
      }
    },
    Defect("optic-draws-too-much", "optic-power") { fabric, rng in
      let known = opticCables(fabric).filter { index in
        let end = fabric.cables[index].a
        return fabric.device(end.endpoint.node) != nil
          && end.optic.flatMap(fabric.catalog.part)?.asOptic?.power != nil
      }
      guard let index = known.randomElement(using: &rng),
        let device = fabric.device(fabric.cables[index].a.endpoint.node), device.modules.isEmpty
      else { return nil }
      let isDone = fabric.changeSwitch(device.part) { spec in
        for group in spec.ports.indices {
          spec.ports[group].maxOpticPower = Power(milliwatts: 1)
        }
      }
      return isDone ? fabric.cables[index].id : nil
    },
    Defect("medium-refused-by-the-switch", "medium-accepted") { fabric, rng in
      setVerdict(.no, &fabric, &rng)
    },
    Defect("acceptance-unknown-and-not-asked", "medium-accepted") { fabric, rng in
      guard let cable = setVerdict(.unknown, &fabric, &rng),
        let index = fabric.cables.firstIndex(where: { $0.id == cable })
      else { return nil }
      fabric.forget((fabric.cables[index].a.optic ?? fabric.cables[index].part).rawValue)
      return cable
    },
    Defect("third-party-where-the-site-forbids-it", "medium-accepted") { fabric, rng in
      guard let (index, _, _) = foreign(fabric).randomElement(using: &rng) else { return nil }
      fabric.site.requirements.thirdPartyOptics = false
      return fabric.cables[index].id
    },
  ]

  private static let singleMode: @Sendable (inout OpticSpec) -> Void = {
    $0.standard = "10gbase-lr"
    $0.reach = [Reach(medium: .os2, length: .metres(10_000))]
  }

  private static func opticCables(_ fabric: Fabric) -> [Int] {
    fabric.cables.indices.filter {
      fabric.cables[$0].a.optic != nil
        && fabric.catalog.part(fabric.cables[$0].part)?.asCable?.family == .fibre
    }
  }

  private static func otherOptic(
    _ index: Int, _ fabric: inout Fabric, change: (inout OpticSpec) -> Void
  ) -> PartID? {
    guard let id = fabric.cables[index].a.optic else { return nil }
    return fabric.addCopy(of: id, as: "wrong-optic") { part in
      guard var spec = part.asOptic else { return }
      change(&spec)
      part.spec = .optic(spec)
    }
  }

  /// Cables whose near end puts another maker's medium into a switch.
  private static func foreign(_ fabric: Fabric) -> [(Int, PartID, PartID)] {
    fabric.cables.indices.compactMap { index in
      let cable = fabric.cables[index]
      guard let device = fabric.device(cable.a.endpoint.node),
        let host = fabric.catalog.part(device.part),
        let medium = fabric.catalog.part(cable.a.optic ?? cable.part),
        medium.asOptic != nil || medium.asCable?.family.isAttached == true,
        medium.vendor != host.vendor
      else { return nil }
      return (index, device.part, medium.id)
    }
  }

  private static func setVerdict(
    _ verdict: CompatibilityRule.Verdict, _ fabric: inout Fabric, _ rng: inout SplitMix64
  ) -> String? {
    guard let (index, device, medium) = foreign(fabric).randomElement(using: &rng),
      let day = CalendarDate(year: 2026)
    else { return nil }
    fabric.catalog.compatibility.insert(
      CompatibilityRule(
        device: device.rawValue, medium: medium.rawValue, verdict: verdict,
        source: FactSource(id: "test", url: "https://example.com", accessed: day)), at: 0)
    return fabric.cables[index].id
  }
}
