import Quantities

/// A site specification with every default filled in: what the owner has and wants.
///
/// Reading it is `SiteReader`'s work; a value of this type has passed all checks that need no
/// catalogue.
public struct Site: Hashable, Sendable, Codable {
  /// Name of the site; letters, digits and hyphens.
  public var name: String
  /// Currency of every amount in the plan.
  public var currency: Currency
  public var budget: Budget
  public var prices: PriceRules
  public var room: Room
  /// In the order of the file; names are unique.
  public var hosts: [HostGroup]
  public var traffic: Traffic
  public var requirements: Requirements
  /// The existing network; `nil` when the new one is not connected to it.
  public var core: Core?
  public var management: Management
  /// VLANs and subnets the owner fixed; the rest is numbered by rule.
  public var addressing: Addressing
  /// Values that the file did not give, with what was taken instead: shown in every report.
  public var defaults: [DefaultTaken]

  /// Makes a site.
  public init(
    name: String, currency: Currency, budget: Budget, prices: PriceRules, room: Room,
    hosts: [HostGroup], traffic: Traffic, requirements: Requirements, core: Core?,
    management: Management, addressing: Addressing, defaults: [DefaultTaken]
  ) {
    self.name = name
    self.currency = currency
    self.budget = budget
    self.prices = prices
    self.room = room
    self.hosts = hosts
    self.traffic = traffic
    self.requirements = requirements
    self.core = core
    self.management = management
    self.addressing = addressing
    self.defaults = defaults
  }
}

extension Site {
  /// Numbers of all VLANs that the new switches may hold, in no order.
  public var vlanNumbers: [Int] {
    let entries = addressing.entries.flatMap { [$0.vlanA, $0.vlanB] }
    return (entries + traffic.tenantVLANs + [addressing.nativeVLAN, management.vlan]).map(\.number)
  }
}

/// A default that the reader took.
public struct DefaultTaken: Hashable, Sendable, Codable {
  /// Path of the key, such as `room.row-pitch`.
  public var key: String
  /// The value as it could be written in the file.
  public var value: String
  /// Why this value.
  public var reason: String
  /// Makes an entry.
  public init(key: String, value: String, reason: String) {
    self.key = key
    self.value = value
    self.reason = reason
  }
}
