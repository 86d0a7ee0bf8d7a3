import Fabric
import PlanChecks
import Quantities

@testable import HostConfig

/// The shipped templates of hosts, parsed once for all tests.
enum ShippedHosts {
  static let templates = Result { try HostTemplates(layers: [try ShippedTemplates.hostFiles()]) }

  static let header = HostConfig.Header(
    planName: "golden", planHash: String(repeating: "0", count: 64), date: PlanMaker.day)

  static func config(_ fabric: Fabric) throws -> HostConfig {
    try HostConfig(fabric, header: header, templates: templates.get())
  }
}
