import Quantities

/// Identifies a part inside a catalogue, such as `dell-s4810`; lower-case letters, digits, `-`, `.`
/// and `+`.
public struct PartID: Hashable, Sendable, Comparable, Codable, RawRepresentable,
  CustomStringConvertible
{
  /// The identifier's text.
  public let rawValue: String
  /// Wraps a text; the catalogue reader has checked its letters.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Wraps a text.
  public init(_ text: String) { rawValue = text }
  public var description: String { rawValue }
  /// By UTF-8 bytes, so that the order is the same in every locale.
  public static func < (left: PartID, right: PartID) -> Bool {
    left.rawValue.precedesInBytes(right.rawValue)
  }
  public init(from decoder: any Decoder) throws {
    rawValue = try decoder.singleValueContainer().decode(String.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

/// Whether something can be done: known to, known not to, or nobody has said.
public enum Capability: String, Hashable, Sendable, Codable, CaseIterable {
  /// A source says that it can.
  case yes
  /// A source says that it cannot.
  case no
  /// No source was found. A plan that rests on it says so.
  case unknown
}

/// Whether a part is still made.
public enum PartStatus: String, Hashable, Sendable, Codable, CaseIterable {
  /// Sold new by its maker.
  case current
  /// No longer made; what is on the market is used or old stock.
  case legacy
  /// No source was found.
  case unknown
}

/// Where a fact was read.
public struct FactSource: Hashable, Sendable, Codable {
  /// Short name inside the catalogue file.
  public var id: String
  /// Address, or a stable description where there is none.
  public var url: String
  /// When it was read.
  public var accessed: CalendarDate
  /// Makes a source.
  public init(id: String, url: String, accessed: CalendarDate) {
    self.id = id
    self.url = url
    self.accessed = accessed
  }
}

/// One fact of a part as the catalogue states it, with its sources: what `catalog show` and
/// `explain` print.
public struct Fact: Hashable, Sendable, Codable {
  /// Path in the catalogue, such as `power/max` or `ports[sfp]/count`.
  public var name: String
  /// The value as written.
  public var value: String
  /// Ids of `FactSource`s; never empty.
  public var sources: [String]
  /// Makes a fact.
  public init(name: String, value: String, sources: [String]) {
    self.name = name
    self.value = value
    self.sources = sources
  }
}

/// Something that can be bought.
public struct Part: Hashable, Sendable, Codable, Identifiable {
  /// Unique in the catalogue.
  public var id: PartID
  /// Maker, or `generic`.
  public var vendor: String
  /// Product name.
  public var model: String
  /// Order number; empty when unknown.
  public var sku: String
  /// Whether it is still made.
  public var status: PartStatus
  /// Units in one order unit; 1 unless it is sold in packs.
  public var packSize: Int
  /// What it is, with its data.
  public var spec: PartSpec
  /// Every fact above with its sources.
  public var facts: [Fact]
  /// The sources named by `facts`, by id.
  public var sources: [FactSource]
  /// Free text of the catalogue, such as where two sources disagree.
  public var note: String

  /// Maker and model, `Dell S4810`; the model alone where any maker's will do.
  public var name: String { vendor == "generic" ? model : "\(vendor) \(model)" }

  /// Makes a part.
  public init(
    id: PartID, vendor: String, model: String, sku: String = "", status: PartStatus = .unknown,
    packSize: Int = 1, spec: PartSpec, facts: [Fact] = [], sources: [FactSource] = [],
    note: String = ""
  ) {
    self.id = id
    self.vendor = vendor
    self.model = model
    self.sku = sku
    self.status = status
    self.packSize = packSize
    self.spec = spec
    self.facts = facts
    self.sources = sources
    self.note = note
  }
}

/// The kinds of part.
public enum PartSpec: Hashable, Sendable, Codable {
  case networkSwitch(SwitchSpec)
  case module(ModuleSpec)
  case optic(OpticSpec)
  case cable(CableSpec)
  case nic(NICSpec)
  case accessory(AccessorySpec)
}

extension Part {
  /// The switch data; `nil` for other kinds.
  public var asSwitch: SwitchSpec? { if case .networkSwitch(let spec) = spec { spec } else { nil } }
  /// The expansion-module data; `nil` for other kinds.
  public var asModule: ModuleSpec? { if case .module(let spec) = spec { spec } else { nil } }
  /// The transceiver data; `nil` for other kinds.
  public var asOptic: OpticSpec? { if case .optic(let spec) = spec { spec } else { nil } }
  /// The cable data; `nil` for other kinds.
  public var asCable: CableSpec? { if case .cable(let spec) = spec { spec } else { nil } }
  /// The network-card data; `nil` for other kinds.
  public var asNIC: NICSpec? { if case .nic(let spec) = spec { spec } else { nil } }
  /// The accessory data; `nil` for other kinds.
  public var asAccessory: AccessorySpec? {
    if case .accessory(let spec) = spec { spec } else { nil }
  }
}

extension PartSpec {
  /// The name of the one member that holds the data.
  private enum CodingKeys: String, CodingKey {
    case networkSwitch = "switch"
    case module, optic, cable, nic, accessory
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "a part is one of switch, module, optic, cable, nic, accessory"))
    }
    self =
      switch key {
      case .networkSwitch: .networkSwitch(try container.decode(SwitchSpec.self, forKey: key))
      case .module: .module(try container.decode(ModuleSpec.self, forKey: key))
      case .optic: .optic(try container.decode(OpticSpec.self, forKey: key))
      case .cable: .cable(try container.decode(CableSpec.self, forKey: key))
      case .nic: .nic(try container.decode(NICSpec.self, forKey: key))
      case .accessory: .accessory(try container.decode(AccessorySpec.self, forKey: key))
      }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .networkSwitch(let spec): try container.encode(spec, forKey: .networkSwitch)
    case .module(let spec): try container.encode(spec, forKey: .module)
    case .optic(let spec): try container.encode(spec, forKey: .optic)
    case .cable(let spec): try container.encode(spec, forKey: .cable)
    case .nic(let spec): try container.encode(spec, forKey: .nic)
    case .accessory(let spec): try container.encode(spec, forKey: .accessory)
    }
  }
}
