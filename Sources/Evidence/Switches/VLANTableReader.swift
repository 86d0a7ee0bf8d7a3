import Quantities

/// Reads tables of VLANs and their members: `show vlan` and its like.
struct VLANTableReader {
  private enum Layout {
    /// VLAN, letters for the kind of member, ports: Dell's systems.
    case letters(number: Int, letter: Int, ports: Int)
    /// VLAN and ports, which are in it with a tag or without.
    case plain(number: Int, ports: Int)
    /// VLAN, one port a row, and how it is in it: SONiC.
    case pairs(number: Int, port: Int, kind: Int)
    /// A port a row of the VLAN that a line above names: FASTPATH.
    case single(port: Int, current: Int, kind: Int)
  }

  private(set) var vlans: [SwitchVLAN] = []
  /// Whether a table of all VLANs is among those read.
  private(set) var hasAll = false

  init(_ lines: [ArraySlice<UInt8>], _ names: SwitchPortNames) {
    // Rows without a number go on with the VLAN above them.
    var open: VLANID?
    var found: [VLANID: Int] = [:]
    var vlans: [SwitchVLAN] = []
    var hasAll = false
    func add(_ places: [String], _ isTagged: Bool?) {
      guard let open else { return }
      let index = found[open] ?? vlans.count
      if index == vlans.count {
        found[open] = index
        vlans.append(SwitchVLAN(id: open))
      }
      for place in places {
        let member = SwitchVLAN.Member(place: place, isTagged: isTagged)
        if !vlans[index].members.contains(member) { vlans[index].members.append(member) }
      }
    }
    func number(_ text: String) -> Bool {
      // The default VLAN has a star.
      let words = text.split { $0 == " " || $0 == "*" }
      guard let first = words.first else { return open != nil }
      open = Int(first).flatMap { VLANID($0) }
      add([], nil)
      return open != nil
    }
    var named = NamedLines(lines, Self.named)
    TableScan(lines, head: Self.layout).rows { layout, cells, place in
      switch layout {
      case .letters(let column, let letter, let ports):
        // A star in front of the number stands under no name.
        guard number(cells[column]) else { return }
        hasAll = true
        switch cells[letter] {
        case "U", "A": add(names.places(cells[ports]), false)
        case "T": add(names.places(cells[ports]), true)
        default: break
        }
      case .plain(let column, let ports):
        guard number(cells[column]) else { return }
        hasAll = true
        add(names.places(cells[ports]), nil)
      case .pairs(let column, let port, let kind):
        guard number(cells[column]) else { return }
        hasAll = true
        guard let isTagged = Self.isTagged(cells[kind]) else { return }
        add(names.places(cells[port]), isTagged)
      case .single(let port, let current, let kind):
        guard let own = named.last(before: place) else { return }
        open = own
        guard cells[current].lowercased() == "include" else { return add([], nil) }
        guard let isTagged = Self.isTagged(cells[kind]) else { return }
        add(names.places(cells[port]), isTagged)
      }
    }
    self.vlans = vlans
    self.hasAll = hasAll
  }

  private static func isTagged(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "tagged": true
    case "untagged": false
    default: nil
    }
  }

  /// `VLAN ID: 711`, above the table of one VLAN.
  private static func named(_ line: ArraySlice<UInt8>) -> VLANID? {
    guard line.count <= TableWords.longestLine else { return nil }
    let words = TableColumns.words(line).map { $0.text.lowercased() }
    guard words.count == 3, words[0] == "vlan", words[1].hasPrefix("id") else { return nil }
    return Int(words[2]).flatMap { VLANID($0) }
  }

  private static func layout(_ columns: TableColumns) -> Layout? {
    if let port = columns.column("interface"), let current = columns.column("current"),
      let kind = columns.column("tagging")
    {
      return .single(port: port, current: current, kind: kind)
    }
    if let number = columns.column("num"), let letter = columns.column("q"),
      let ports = columns.column("ports")
    {
      return .letters(number: number, letter: letter, ports: ports)
    }
    if let number = columns.column("vlan id"), let port = columns.column("ports"),
      let kind = columns.column("port tagging")
    {
      return .pairs(number: number, port: port, kind: kind)
    }
    if let number = columns.column("vid"), let port = columns.column("member"),
      let kind = columns.column("mode")
    {
      return .pairs(number: number, port: port, kind: kind)
    }
    if let number = columns.column("vlan"), columns.column("name") != nil,
      let ports = columns.column("ports")
    {
      return .plain(number: number, ports: ports)
    }
    return nil
  }
}
