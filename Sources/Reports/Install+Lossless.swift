import CatalogModel
import Fabric
import Quantities

extension Install {
  /// The operating systems of switches that carry lossless traffic and have a file.
  var lossless: [SwitchOS] {
    let intents = fabric.intents.filter { $0.qos != nil && !unconfigured.contains($0.hostname) }
    return unique(intents.map(\.os)).sorted { $0.rawValue < $1.rawValue }
  }

  /// Checks of what a switch shows before anything is plugged in.
  var losslessSettings: [String] {
    lossless.contains(.os9)
      ? [
        "On every Dell OS9 switch with lossless traffic `show dcb` says that DCB is enabled, and "
          + "`show qos dot1p-queue-mapping` shows the queues `0 0 0 1 2 3 3 3`."
      ] : []
  }

  /// Checks of what neighbours have agreed on, when all of them are plugged in.
  func writeLossless(_ page: inout Markdown) {
    guard !lossless.isEmpty else { return }
    page.heading(3, "Lossless traffic")
    page.paragraph(
      "A port that does not pause this traffic loses packets without a word, and RDMA is slow or "
        + "stops. On the hosts LLDP and DCBX must be on, in the card's firmware or in the operating "
        + "system: a port of Dell OS9 pauses only towards a neighbour that has said by DCBX that it "
        + "does, too.")
    page.paragraph("Acceptance:")
    page.checklist(
      lossless.map(losslessCheck) + [
        "With storage traffic at full rate to one host from two others, the counters of lost packets "
          + "of the lossless class stand still on every port, and those of pauses grow."
      ])
  }

  private func losslessCheck(_ os: SwitchOS) -> String {
    let port =
      fabric.intents.filter { $0.os == os && !unconfigured.contains($0.hostname) }
      .flatMap(\.ports).first { $0.lossless }?.name ?? ""
    switch os {
    case .os9:
      let command = Markdown.code("show interfaces \(port) pfc detail")
      return "Dell OS9: \(command), and so for every port with a `dcb-map` in its file: PFC is on, "
        + "local and remote settings name priority 3, and its operational status is enabled."
    case .os6:
      return
        "Dell OS6: `show interfaces priority-flow-control` (its spelling is not verified), for "
        + "every port with `priority-flow-control` in its file: PFC is on, and priority 3 is "
        + "`no-drop`."
    default:
      return
        "\(os.rawValue): every port that carries storage traffic has PFC on for priority 3, as "
        + "its manual shows."
    }
  }
}
