/// Tables that people fill in or look through: comma-separated, names and numbers alone.
enum HostTables {
  /// One row a port, with room for the address that its maker gave it.
  static func ports(_ shape: HostShape) -> String {
    var text = "host,port,fabric,gbps,mac\n"
    for host in shape.hosts {
      for (port, rate) in zip(shape.ports, host.rates) {
        text += "\(host.name),\(port.name),\(port.side.rawValue),\(rate.wholeGigabits),\n"
      }
    }
    return text
  }
}
