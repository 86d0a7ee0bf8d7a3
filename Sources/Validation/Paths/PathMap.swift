import Fabric
import Quantities

/// Where frames between two hosts of a network pass, as the plan has it.
struct PathMap: Sendable {
  /// A thing that one fault can break for all paths over it.
  enum Element: Hashable, Sendable {
    /// A port of a host with its cable and the port of the switch.
    case attachment(Endpoint)
    case device(String)
    /// The LAG of a ToR to the spine.
    case uplinks(String)
    /// The link between the two switches of a pair.
    case peerLink
    /// The pair of spine switches.
    case spine
  }

  let elements: [Element]
  private var indices: [Element: Int32] = [:]
  /// Per host port: its element, and that of its switch.
  private let attachments: [Endpoint: (attachment: Int32, device: Int32)]
  /// Per device element: the element of its LAG to the spine; -1 without one.
  private let uplinks: [Int32]
  private let peerLink: Int32
  private let spine: Int32
  /// Per element: the rate of its slowest link, in bits a second; -1 for what has none.
  private var linkRates: [Int64] = []
  /// Per element: the rates of all its links together.
  private var sums: [Int64] = []

  init(_ fabric: Fabric) {
    var elements: [Element] = []
    var indices: [Element: Int32] = [:]
    func index(_ element: Element) -> Int32 {
      if let known = indices[element] { return known }
      indices[element] = Int32(elements.count)
      elements.append(element)
      return Int32(elements.count - 1)
    }
    for device in fabric.devices where device.role != .outOfBand { _ = index(.device(device.name)) }
    let deviceCount = elements.count
    var attachments: [Endpoint: (attachment: Int32, device: Int32)] = [:]
    for link in fabric.links where link.role == .host {
      attachments[link.b] = (index(.attachment(link.b)), index(.device(link.a.node)))
    }
    let hasSpine = fabric.devices.contains { $0.role == .spine }
    let hasPeerLink = fabric.links.contains { $0.role == .peer }
    spine = hasSpine ? index(.spine) : -1
    peerLink = hasPeerLink ? index(.peerLink) : -1
    let climbing = Set(fabric.links.lazy.filter { $0.role == .uplink }.map(\.a.node))
    uplinks = (0..<deviceCount).map { place in
      guard case .device(let name) = elements[place], climbing.contains(name) else { return -1 }
      return index(.uplinks(name))
    }
    self.attachments = attachments
    self.elements = elements
    self.indices = indices
    linkRates = [Int64](repeating: -1, count: elements.count)
    sums = [Int64](repeating: 0, count: elements.count)
    for link in fabric.links {
      let element: Element
      switch link.role {
      case .host: element = .attachment(link.b)
      case .uplink: element = .uplinks(link.a.node)
      case .peer: element = .peerLink
      default: continue
      }
      guard let place = indices[element].map(Int.init) else { continue }
      let rate = link.rate.bitsPerSecond
      linkRates[place] = linkRates[place] < 0 ? rate : min(linkRates[place], rate)
      sums[place] += rate
    }
  }

  /// The rate of one link of a LAG that several hosts share; `nil` for other elements.
  func sharedRate(_ element: Int) -> DataRate? {
    switch elements[element] {
    case .uplinks, .peerLink: DataRate(bitsPerSecond: linkRates[element])
    case .attachment, .device, .spine: nil
    }
  }

  /// What all links of an element carry in one direction; `nil` for what has none.
  func capacity(_ element: Int) -> Int64? { sums[element] > 0 ? sums[element] : nil }

  /// What one connection can use of a path: the rate of its slowest link; `nil` without links.
  func rate(of path: Path) -> DataRate? {
    var slowest: Int64?
    path.each { element in
      let rate = linkRates[element]
      if rate >= 0 { slowest = min(slowest ?? rate, rate) }
    }
    return slowest.map { DataRate(bitsPerSecond: $0) }
  }

  /// Elements between two ports of hosts, in order; `nil` where the plan has no way.
  func path(
    from a: (attachment: Int32, device: Int32), to b: (attachment: Int32, device: Int32)
  ) -> Path? {
    var path = Path()
    path.append(a.attachment)
    path.append(a.device)
    if a.device != b.device {
      let (up, down) = (uplink(of: a.device), uplink(of: b.device))
      if up >= 0, down >= 0, spine >= 0 {
        path.append(up)
        path.append(spine)
        path.append(down)
      } else if peerLink >= 0 {
        path.append(peerLink)
      } else {
        return nil
      }
      path.append(b.device)
    }
    path.append(b.attachment)
    return path
  }

  /// Whether the way between two nodes is over one of some elements.
  func crosses(_ marked: Set<Int>, _ a: ProbeMatrix.Node, _ b: ProbeMatrix.Node) -> Bool {
    guard !marked.isEmpty, let path = path(from: a.place, to: b.place) else { return false }
    var isOver = false
    path.each { if marked.contains($0) { isOver = true } }
    return isOver
  }

  private func uplink(of device: Int32) -> Int32 {
    uplinks.indices.contains(Int(device)) ? uplinks[Int(device)] : -1
  }

  /// The elements of a host's port; `nil` for one without a link.
  func attachment(_ port: Endpoint) -> (attachment: Int32, device: Int32)? { attachments[port] }

  func index(of element: Element) -> Int32? { indices[element] }
}

/// At most seven elements, without memory of their own: a site has a million paths.
struct Path: Sendable {
  private var places: (Int32, Int32, Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0, 0, 0)
  private(set) var count = 0

  mutating func append(_ element: Int32) {
    switch count {
    case 0: places.0 = element
    case 1: places.1 = element
    case 2: places.2 = element
    case 3: places.3 = element
    case 4: places.4 = element
    case 5: places.5 = element
    case 6: places.6 = element
    default: return
    }
    count += 1
  }

  func each(_ body: (Int) -> Void) {
    if count > 0 { body(Int(places.0)) }
    if count > 1 { body(Int(places.1)) }
    if count > 2 { body(Int(places.2)) }
    if count > 3 { body(Int(places.3)) }
    if count > 4 { body(Int(places.4)) }
    if count > 5 { body(Int(places.5)) }
    if count > 6 { body(Int(places.6)) }
  }
}
