import Quantities

/// Reads how a host moves guests.
enum WindowsMigration {
  static func facts(_ tools: WindowsTools) -> MigrationFacts {
    var facts = MigrationFacts()
    let host = tools.output("Get-VMHost")
    let object = host.objects.first
    facts.option = host.reading(object) { option(of: $0) }
    facts.hostLimit = host.reading(object, "MaximumVirtualMachineMigrations") {
      $0.integer(in: 0...1_000_000)
    }
    let cluster = tools.output("Get-Cluster")
    facts.clusterLimit = cluster.reading(cluster.objects.first, "MaximumParallelMigrations") {
      $0.integer(in: 0...1_000_000)
    }
    facts.networks = networks(host, tools.output("Get-VMMigrationNetwork"))
    facts.smbLimit = limit(tools.output("Get-SmbBandwidthLimit"))
    facts.authentication = host.reading(object) { object in
      let field = "VirtualMachineMigrationAuthenticationType"
      guard let text = object["\(field)Text"]?.text ?? object[field]?.text else {
        return .failure(Unknown(.notSupported, "Get-VMHost: \(field) is empty"))
      }
      guard Int64(text) == nil else {
        return .failure(Unknown(.notUnderstood, "Get-VMHost: \(field) \(text)"))
      }
      return .success(text)
    }
    let security = tools.output("Get-CimInstance Win32_DeviceGuard")
    facts.hasCredentialGuard = security.reading(
      security.objects.first, "SecurityServicesRunning"
    ) { $0.integers?.contains(credentialGuard) }
    return facts
  }

  /// Credential Guard in the services of virtualization-based security (Microsoft Learn, "Configure
  /// Credential Guard": 1 in SecurityServicesRunning).
  private static let credentialGuard: Int64 = 1

  /// A category without an entry has no limit.
  private static func limit(_ output: WindowsOutput) -> Reading<Int64?> {
    output.reading(all: { objects in
      for object in objects {
        guard let word = object.word("Category") else {
          let unknown = Unknown(
            .notUnderstood, "Get-SmbBandwidthLimit: Category \(object.shown("Category"))")
          return .failure(unknown)
        }
        guard word == "livemigration" else { continue }
        guard let bytes = object["BytesPerSecond"]?.integer, bytes > 0 else {
          return .failure(Unknown(.notUnderstood, "Get-SmbBandwidthLimit: BytesPerSecond"))
        }
        return .success(bytes)
      }
      return .success(nil)
    })
  }

  /// The cmdlet and its manual spell the options differently; numbers of them are nowhere written
  /// down.
  private static func option(of object: WindowsObject) -> WindowsFound<MigrationFacts.Option> {
    let field = "VirtualMachineMigrationPerformanceOption"
    switch object.word(field) {
    case "tcpip", "tcp", "tcp/ip", "none": return .success(.tcp)
    case "compression": return .success(.compression)
    case "smb", "smbtransport": return .success(.smb)
    case .some: break
    case nil:
      guard object[field] != nil else {
        return .failure(Unknown(.notSupported, "Get-VMHost: \(field) is empty"))
      }
    }
    return .failure(Unknown(.notUnderstood, "Get-VMHost: \(field) \(object.shown(field))"))
  }

  /// A host that takes migrations over any network has the subnet of all addresses.
  private static func networks(
    _ host: WindowsOutput, _ listed: WindowsOutput
  ) -> Reading<[IPv4Subnet]> {
    let any = host.reading(host.objects.first, "UseAnyNetworkForMigration") { $0.flag }
    if case .known(true, let source) = any { return .known([.everything], source) }
    return listed.reading(all: { objects in
      var subnets: [IPv4Subnet] = []
      for object in objects {
        guard let text = object["Subnet"]?.text else {
          return .failure(Unknown(.notUnderstood, "Get-VMMigrationNetwork: no Subnet"))
        }
        guard !text.contains(":") else { continue }
        guard let subnet = subnet(text) else {
          let shown = object["Subnet"]?.shown ?? ""
          return .failure(Unknown(.notUnderstood, "Get-VMMigrationNetwork: \(shown)"))
        }
        subnets.append(subnet)
      }
      return .success(subnets)
    })
  }

  /// One address stands for itself alone.
  private static func subnet(_ text: String) -> IPv4Subnet? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPv4Address(first), parts.count < 3 else {
      return nil
    }
    guard parts.count == 2, let last = parts.last else {
      return IPv4Subnet(around: address, prefixLength: 32)
    }
    guard let length = Int(last) else { return nil }
    return IPv4Subnet(around: address, prefixLength: length)
  }
}
