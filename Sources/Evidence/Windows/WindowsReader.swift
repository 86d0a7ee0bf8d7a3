import Quantities

/// Reads objects of PowerShell, as `templates/kits/windows.ps1` collects them.
enum WindowsReader {
  static func facts(of file: EvidenceFile) -> HostFacts {
    let tools = WindowsTools(file)
    var facts = HostFacts(host: file.host, system: .windows)
    facts.release = release(tools)
    facts.interfaces = WindowsInterfaces(tools).reading
    facts.power = WindowsPower.reading(tools)
    facts.routes = routes(tools)
    facts.migration = WindowsMigration.facts(tools)
    facts.smbConnections = WindowsSMB.connections(tools)
    return facts
  }

  /// The caption is in the language of the host; the build tells releases apart.
  private static func release(_ tools: WindowsTools) -> Reading<String> {
    let output = tools.output("Get-CimInstance Win32_OperatingSystem")
    return output.reading(output.objects.first) { object in
      guard let caption = object["Caption"]?.text else {
        return .failure(Unknown(.notSupported, "\(output.command): Caption is empty"))
      }
      guard let build = object["BuildNumber"]?.text else { return .success(caption) }
      return .success("\(caption) (build \(build))")
    }
  }

  private static func routes(_ tools: WindowsTools) -> Reading<[RouteFacts]> {
    tools.routes.reading(all: { objects in
      var routes: [RouteFacts] = []
      for object in objects {
        guard let text = object["DestinationPrefix"]?.text else {
          let unknown = Unknown(.notUnderstood, "Get-NetRoute: a route without destination")
          return .failure(unknown)
        }
        // Routes of IPv6 are none of the plan's.
        guard !text.contains(":") else { continue }
        guard let destination = IPv4Subnet(text), let interface = object["InterfaceAlias"]?.text
        else {
          let shown = object["DestinationPrefix"]?.shown ?? ""
          return .failure(Unknown(.notUnderstood, "Get-NetRoute: route to \(shown)"))
        }
        // 0.0.0.0 stands for a network that is reached without a gateway.
        let next = object["NextHop"]?.address.flatMap { $0.bits == 0 ? nil : $0 }
        routes.append(RouteFacts(destination: destination, gateway: next, interface: interface))
      }
      return .success(routes)
    })
  }
}
