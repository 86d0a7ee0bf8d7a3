import CatalogModel
import Quantities
import SiteModel

/// The designed network as plain values: what `plan.json` holds.
///
/// Everything right of the planner reads a `Fabric` and nothing else. It carries the site, a
/// snapshot of every part and price that it uses, and what each switch is meant to do, so that
/// every other file can be made again from it and the audit needs no catalogue.
public struct Fabric: Hashable, Sendable, Codable {
  /// Format of `plan.json`; readers refuse others.
  public static let formatVersion = 1
  /// `formatVersion` of the writer.
  public var version: Int
  /// Day for which prices were judged.
  public var date: CalendarDate
  /// The specification with its defaults; positions in the file are left out.
  public var site: Site
  public var design: DesignKind
  /// Every part used, with its chosen price, and the compatibility rules that concern them.
  public var catalog: Catalog
  /// Switches, central ones first, then by rack as in the site, side A before side B.
  public var devices: [Device]
  /// By group as in the site, then rack, then number.
  public var hosts: [Host]
  /// Physical cables by id.
  public var cables: [Cable]
  /// Logical point-to-point links by id; a breakout cable carries several.
  public var links: [Link]
  /// Ascending by id.
  public var vlans: [VLAN]
  /// Ascending by VLAN.
  public var subnets: [Subnet]
  /// What each switch is to do, in the order of `devices`; the out-of-band switch has none.
  public var intents: [SwitchIntent]
  /// What the texts of the switches' operating systems can hold, as far as that is known; ascending
  /// by operating system.
  public var dialects: [DialectTraits]
  public var bom: [BOMLine]
  public var totals: Totals
  /// Other designs and why they lost, in the order of `DesignKind`.
  public var alternatives: [Alternative]
  /// What the plan rests on and nobody has confirmed.
  public var confirmations: [Confirmation]
  /// Why things are as they are, for `explain`.
  public var reasons: [Reason]

  /// Makes a fabric.
  public init(
    version: Int = Fabric.formatVersion, date: CalendarDate, site: Site, design: DesignKind,
    catalog: Catalog, devices: [Device], hosts: [Host], cables: [Cable], links: [Link],
    vlans: [VLAN], subnets: [Subnet], intents: [SwitchIntent], dialects: [DialectTraits],
    bom: [BOMLine], totals: Totals,
    alternatives: [Alternative], confirmations: [Confirmation], reasons: [Reason]
  ) {
    self.version = version
    self.date = date
    self.site = site
    self.design = design
    self.catalog = catalog
    self.devices = devices
    self.hosts = hosts
    self.cables = cables
    self.links = links
    self.vlans = vlans
    self.subnets = subnets
    self.intents = intents
    self.dialects = dialects
    self.bom = bom
    self.totals = totals
    self.alternatives = alternatives
    self.confirmations = confirmations
    self.reasons = reasons
  }
}

extension Fabric {
  /// The device with a name; `nil` when there is none.
  public func device(_ name: String) -> Device? { devices.first { $0.name == name } }
  /// The host with a name; `nil` when there is none.
  public func host(_ name: String) -> Host? { hosts.first { $0.name == name } }
  /// The cable with an id; `nil` when there is none.
  public func cable(_ id: String) -> Cable? { cables.first { $0.id == id } }
  /// What the texts of an operating system can hold; `nil` when that is not known.
  public func traits(_ os: SwitchOS) -> DialectTraits? { dialects.first { $0.os == os } }
  /// The intent of the switch with a name; `nil` when there is none.
  public func intent(_ hostname: String) -> SwitchIntent? {
    intents.first { $0.hostname == hostname }
  }
}
