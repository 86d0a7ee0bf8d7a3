import Quantities
import SiteModel

/// Reads a site file.
public enum SiteReader {
  /// Reads and checks a site specification.
  ///
  /// Every key that the file does not give is taken from the table of keys and listed in
  /// `Site.defaults`. What needs the catalogue (is there such a card, does it fit) is checked later.
  ///
  /// - Parameters:
  ///   - bytes: the file; UTF-8, at most 1 MiB.
  ///   - file: its name for messages, as the user wrote it.
  ///   - today: the day of the run; a date after it is an error.
  /// - Throws: all problems of the file, in the order of their places.
  public static func read(
    bytes: [UInt8], file: String, today: CalendarDate
  ) throws(Findings) -> Site {
    try readWithPlaces(bytes: bytes, file: file, today: today).site
  }

  /// Reads and checks a site specification, and says where its values stand: for what is found out
  /// about them later.
  ///
  /// - Throws: all problems of the file, in the order of their places.
  public static func readWithPlaces(
    bytes: [UInt8], file: String, today: CalendarDate
  ) throws(Findings) -> (site: Site, places: SitePlaces) {
    let source = try SourceText(bytes: bytes, file: file)
    let document = try YAMLDocument(source, file: file)
    let fatal = document.problems.filter { $0.rule != "duplicate-key" }
    guard fatal.isEmpty else { throw Findings(Array(fatal.prefix(ReadLog.mostProblems))) }
    let log = ReadLog(file: file)
    document.problems.forEach(log.add)
    let site = site(document.root, log: log, today: today)
    if let site {
      let known = Set(log.problems.compactMap(\.position))
      for finding in SiteChecks.findings(site, log: log) {
        // A value that could not be read was replaced by its default: nothing to say about that.
        if let position = finding.position, known.contains(position) { continue }
        log.add(finding)
      }
    }
    let findings = log.findings
    guard let site, findings.isEmpty else { throw Findings(findings) }
    return (site, log.sitePlaces)
  }

  /// The site with defaults in place of everything wrong; `nil` when the file is not a map.
  private static func site(_ root: YAMLValue, log: ReadLog, today: CalendarDate) -> Site? {
    guard case .map(let entries) = root.content else {
      log.report(
        "wrong-type", at: root.position,
        "a site file is a map of keys, found \(root.kindName)",
        hint: "`tenfold init` writes a site file to start from")
      return nil
    }
    if let first = entries.first { log.note("", at: first.keyPosition) }
    let top = SectionReader(SiteKeys.site, root, path: "", log: log)
    _ = top.integer("tenfold")
    let name = top.name("name") ?? "site"
    let currency = top.currency("currency") ?? .eur
    let budget = BudgetReader.budget(top, currency: currency)
    let prices = BudgetReader.prices(top, currency: currency, today: today)
    let room = RoomReader.room(top)
    let core = CoreReader.core(top, racks: room.racks)
    let cards = HostReader.groups(top, racks: room.racks)
    let traffic = TrafficReader.traffic(top, groups: cards, hasCore: core != nil)
    let hosts = HostReader.hosts(cards, traffic: traffic, log: log)
    let requirements = RequirementsReader.requirements(top)
    let finishedCore = core.map { CoreReader.finish($0, traffic: traffic, log: log) }
    let (management, addressing) = NetworkReader.networks(
      top, hosts: hosts, traffic: traffic, core: finishedCore, racks: room.racks)
    return Site(
      name: name, currency: currency, budget: budget, prices: prices, room: room, hosts: hosts,
      traffic: traffic, requirements: requirements, core: finishedCore, management: management,
      addressing: addressing,
      defaults: log.taken(sizes: [
        "room.racks": room.racks.count, "hosts": hosts.count,
        "core.ports": finishedCore?.ports.count ?? 0,
      ]))
  }
}
