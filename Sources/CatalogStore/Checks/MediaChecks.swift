import CatalogModel
import Quantities

/// Optics and cables that contradict themselves.
enum MediaChecks {
  static func check(_ spec: OpticSpec, _ cursor: ElementCursor) {
    if [.lc, .mpo12, .rj45].contains(spec.form) {
      PartChecks.contradiction(
        cursor, "form", "a transceiver in the form of a \(spec.form.rawValue) plug",
        "name the cage it goes into, such as sfp+")
    }
    if let socket = spec.socket, ![.lc, .mpo12, .rj45].contains(socket) {
      PartChecks.contradiction(
        cursor, "socket", "a transceiver with a \(socket.rawValue) socket",
        "name the plug of the cable: lc, mpo-12 or rj45")
    }
    let rows = cursor.element.children.filter { $0.name == "reach" }
    var seen: [Medium] = []
    for (reach, element) in zip(spec.reach, rows) {
      let row = ElementCursor(element, file: cursor.file, diagnostics: cursor.diagnostics)
      if seen.contains(reach.medium) {
        PartChecks.contradiction(
          row, "medium", "two reaches over \(reach.medium.rawValue)", "keep one")
      }
      seen.append(reach.medium)
      if !carries(reach.medium, standard: spec.standard, socket: spec.socket) {
        PartChecks.contradiction(
          row, "medium", "\(spec.standard) over \(reach.medium.rawValue)",
          "this standard does not run over that medium")
      }
      if reach.length.millimetres == 0 {
        PartChecks.contradiction(row, "length-m", "a reach of nothing", "leave the row out")
      }
    }
  }

  /// Whether a standard can run over a medium: `-t` is twisted pair; the short-wave ones (`-sr`,
  /// `-sr4`, `-lrm`, ...) are multimode; the long-wave ones (`-lr`, `-er`, ...) single mode
  /// (IEEE 802.3-2022, clauses 52, 55, 68, 86, 87).
  private static func carries(_ medium: Medium, standard: String, socket: Connector?) -> Bool {
    let suffix = standard.split(separator: "-").last.map(String.init) ?? ""
    if suffix == "t" || socket == .rj45 { return medium.isTwistedPair }
    if medium.isTwistedPair { return false }
    if suffix == "lrm" || suffix.contains("sr") || suffix == "bidi" { return medium != .os2 }
    if suffix.hasPrefix("lr") || suffix.hasPrefix("er") || suffix.hasPrefix("zr") {
      return medium == .os2
    }
    return true
  }

  static func check(_ spec: CableSpec, _ cursor: ElementCursor) {
    if spec.length.millimetres == 0 || spec.length.millimetres > 1_000_000 {
      PartChecks.contradiction(
        cursor, "length-m", "a cable of \(Format.length(spec.length))",
        "stock lengths up to 1000 m are accepted")
    }
    checkFamily(spec, cursor)
    if spec.lanes > 1, spec.endA == spec.endB || !spec.family.isAttached {
      PartChecks.contradiction(
        cursor, "lanes", "\(spec.lanes) plugs at an end that is no breakout",
        "a breakout has one plug at end-a and several smaller ones at end-b")
    }
  }

  private static func checkFamily(_ spec: CableSpec, _ cursor: ElementCursor) {
    let plugs = [spec.endA, spec.endB]
    let cages: [Connector] = [.sfpPlus, .sfp28, .qsfpPlus, .qsfp28]
    let fits: Bool =
      switch spec.family {
      case .passiveDAC, .activeDAC, .activeOptical: plugs.allSatisfy(cages.contains)
      case .fibre: plugs.allSatisfy { $0 == .lc || $0 == .mpo12 }
      case .twistedPair: plugs == [.rj45, .rj45]
      }
    if !fits {
      PartChecks.contradiction(
        cursor, "end-a",
        "a \(spec.family.rawValue) cable with plugs \(spec.endA.rawValue) and \(spec.endB.rawValue)",
        "attached cables end in cages, fibre in lc or mpo-12, twisted pair in rj45")
    }
    switch (spec.family, spec.medium) {
    case (.fibre, nil), (.twistedPair, nil):
      PartChecks.contradiction(
        cursor, "medium", "a \(spec.family.rawValue) cord of unknown class",
        "add medium=\"...\", which decides its reach")
    case (.fibre, let medium?) where medium.isTwistedPair,
      (.twistedPair, let medium?) where !medium.isTwistedPair:
      PartChecks.contradiction(
        cursor, "medium", "a \(spec.family.rawValue) cord of \(medium.rawValue)",
        "fibre is om1 to os2, twisted pair is cat5e to cat6a")
    case (.passiveDAC, _?), (.activeDAC, _?), (.activeOptical, _?):
      PartChecks.contradiction(
        cursor, "medium", "a medium on a cable with fixed plugs", "remove medium")
    default: break
    }
    if spec.family.isAttached, spec.rate == nil {
      PartChecks.contradiction(
        cursor, "rate", "a cable with fixed plugs of unknown rate", "add rate=\"10G\" or the like")
    }
  }
}
