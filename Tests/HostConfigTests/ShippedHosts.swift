import Fabric
import Foundation
import PlanChecks
import Quantities
import SiteModel
import TemplateText
import TenfoldTestSupport

@testable import HostConfig

/// The shipped templates of hosts, parsed once for all tests.
enum ShippedHosts {
  static let templates = Result { try HostTemplates(layers: [try files()]) }

  static func files() throws -> [TemplateFile] {
    let root = "templates/hosts"
    var paths = ["systems.txt"]
    for kind in HostTemplates.kinds {
      paths += Repository.names(in: "\(root)/\(kind)", ending: "").map { "\(kind)/\($0)" }
    }
    return try paths.sorted().map { path in
      TemplateFile(
        path: path, displayPath: "\(root)/\(path)",
        text: String(decoding: try Repository.bytes("\(root)/\(path)"), as: UTF8.self))
    }
  }

  static let header = HostConfig.Header(
    planName: "golden", planHash: String(repeating: "0", count: 64), date: PlanMaker.day)

  static func config(_ fabric: Fabric) throws -> HostConfig {
    try HostConfig(fabric, header: header, templates: templates.get())
  }
}
