import Fabric
import Quantities

/// The racks with their hosts, a square a port: where to walk to.
struct RackPicture {
  private enum State: String {
    case good = ""
    case bad
    case open
    /// Nobody collected anything there.
    case none
  }

  private let fabric: Fabric
  private var bad: Set<String> = []
  private var open: Set<String> = []
  private var silent: Set<String> = []

  init(_ result: ValidationResult, _ fabric: Fabric) {
    self.fabric = fabric
    for finding in result.findings {
      // A subject is `HOST`, `HOST` and `PORT`, or `HOST PORT`.
      let names = finding.subject.flatMap { $0.split(separator: " ").map(String.init) }
      for (place, name) in names.enumerated() {
        bad.insert(name)
        for other in names[(place + 1)...] { bad.insert("\(name) \(other)") }
      }
    }
    for row in result.rows where row.outcome == .unknown {
      if row.check == .evidence { silent.insert(row.host) }
      open.insert("\(row.host) \(row.place)")
    }
  }

  var html: String {
    var text = "<div class=\"racks\">\n"
    for rack in fabric.site.room.racks {
      let hosts = fabric.hosts.filter { $0.rack == rack.name }
      guard !hosts.isEmpty else { continue }
      text += "<div class=\"rack\"><h3>\(MarkupText.escaped(rack.name))</h3>\n"
      for host in hosts { text += self.host(host) }
      text += "</div>\n"
    }
    return text + """
      </div>
      <p class="key"><span class="port"></span> holds <span class="port bad"></span> a cause speaks
      of it <span class="port open"></span> something is unknown <span class="port none"></span> no
      evidence</p>
      """
  }

  private func host(_ host: Host) -> String {
    let isBad = bad.contains(host.name)
    var text =
      "<div class=\"host\"><span\(isBad ? " class=\"bad-name\"" : "")>"
      + "\(MarkupText.escaped(host.name))</span><span>"
    for port in host.cards.flatMap(\.ports) {
      let key = "\(host.name) \(port)"
      let state: State =
        silent.contains(host.name)
        ? .none : bad.contains(key) ? .bad : open.contains(key) ? .open : .good
      text +=
        "<span class=\"port \(state.rawValue)\" title=\"\(MarkupText.escaped(port))\"></span>"
    }
    return text + "</span></div>\n"
  }
}
