import CatalogModel
import Fabric
import Quantities

extension Install {
  /// The operating systems of the plan's switches.
  var systems: [SwitchOS] {
    unique(fabric.intents.map(\.os)).sorted { $0.rawValue < $1.rawValue }
  }

  /// What comes first on the console, for each operating system of the plan.
  var consolePreparations: [String] {
    systems.compactMap { os in
      switch os {
      case .os9:
        "Dell OS9: a new switch asks for its configuration by DHCP on every port and takes no "
          + "command: press `A` when its console offers that. Where it asks for consent to "
          + "SupportAssist: `configure`, `eula-consent support-assist reject`, `end`. Then let it "
          + "start normally, in the words of its release (`show version`): before `9.1(0.0)` "
          + "`reload-type normal-reload`; from then on `configure`, `reload-type normal-reload`, "
          + "`end`; later releases `configure`, `reload-type`, `boot-type normal-reload`, `end`. "
          + "A switch that refuses one of these takes another. Then `write memory`, `reload`."
      case .os6:
        "Dell OS6: `configure`, `crypto key generate rsa`, `crypto key generate dsa`, `exit`. "
          + "Without keys no SSH login works."
      default: nil
      }
    }
  }

  /// The management switch that is bought comes first, by hand: no file is written for it.
  func writeManagementSwitch(_ page: inout Markdown) {
    guard let device = fabric.devices.first(where: { $0.role == .outOfBand }) else { return }
    let name = Markdown.code(device.name)
    page.paragraph(
      "First set up \(name) by hand; no file is written for it. All its ports forward untagged "
        + "in one VLAN, without LACP, and no port takes its configuration by DHCP.",
      device.managementAddress.map {
        "Its own address is \(Markdown.code("\($0)/\(fabric.site.management.subnet.prefixLength)"))"
          + "."
      } ?? "")
    let management = fabric.site.management
    let outside =
      management.gateway != nil || !management.ntp.isEmpty || !management.syslog.isEmpty
    page.paragraph(
      "This plan has cables from \(name) to the new switches alone.",
      outside
        ? "**Gateway and servers of the management network are reached only over a cable that the "
          + "owner of the existing network provides**, from a free port of \(name)."
        : "Whoever manages the switches plugs into a free port of it, or its owner provides a cable "
          + "to the existing management network.")
    page.paragraph("Acceptance:")
    page.checklist([
      "Two computers on any two ports of \(name) reach each other.",
      outside
        ? "From one of its ports the gateway and every server of the management network answer."
        : "Its unused ports are shut down or locked away.",
    ])
  }
}
