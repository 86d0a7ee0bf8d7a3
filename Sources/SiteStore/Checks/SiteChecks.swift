import Quantities
import SiteModel

/// Checks that need more than one value of the site, and no catalogue.
enum SiteChecks {
  /// What is wrong, each at its place.
  static func findings(_ site: Site, log: ReadLog) -> [Finding] {
    var check = SiteCheck(site: site, log: log)
    check.references()
    check.room()
    check.money()
    check.hosts()
    check.cards()
    check.traffic()
    check.core()
    check.vlans()
    check.subnets()
    check.management()
    return check.findings
  }
}

/// One run of the checks.
struct SiteCheck {
  let site: Site
  let log: ReadLog
  private(set) var findings: [Finding] = []

  init(site: Site, log: ReadLog) {
    self.site = site
    self.log = log
  }

  /// Records a problem at the value of a path, or at what encloses it.
  mutating func report(_ rule: String, _ path: String, _ message: String, hint: String = "") {
    report(rule, at: log.place(path), message, hint: hint)
  }

  /// Records a problem at a place.
  mutating func report(
    _ rule: String, at position: SourcePosition, _ message: String, hint: String = ""
  ) {
    findings.append(Finding(rule: rule, position: position, message: message, hint: hint))
  }

  /// A count with its noun: `1 host`, `2 hosts`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
