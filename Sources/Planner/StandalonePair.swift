import SiteModel

/// What keeps a site from two unlinked switches.
enum StandalonePair {
  /// Why no standalone pair can serve the hosts of a site, whatever the switches (model, M6); `nil`
  /// when nothing of the site speaks against it.
  static func obstacle(_ site: Site) -> String? {
    if site.hosts.contains(where: { $0.carries(.tenant) }) {
      return
        "tenant traffic on two unlinked switches is cut off when a team fails over to one of them"
    }
    if site.traffic.backup == .viaCore {
      return "backup is to leave through the core, to which this design is not connected"
    }
    let others = site.hosts.contains { $0.joinsNewFabric && !$0.hasMultichannel }
    return others ? "single-address traffic (no SMB Multichannel) needs linked switches" : nil
  }
}
