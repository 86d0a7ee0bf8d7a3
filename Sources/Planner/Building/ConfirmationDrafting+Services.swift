import CatalogModel
import Fabric
import PlanProblem
import Quantities
import SiteModel

extension ConfirmationDrafting {
  /// What the switches' management reaches: servers, a gateway, and the way out of a management
  /// switch that is bought.
  func services() -> [Confirmation] {
    var list: [Confirmation] = []
    func ask(_ subject: String, _ question: String) {
      list.append(Confirmation(kind: .owner, subject: subject, question: question))
    }
    let management = site.management
    if management.ntp.isEmpty {
      ask(
        "management.ntp",
        "no time server (NTP) is given: the clocks of the switches drift apart, and their logs with"
          + " them")
    }
    if management.syslog.isEmpty {
      ask(
        "management.syslog",
        "no log server (syslog) is given: what a switch reports is lost when it is switched off")
    }
    if management.gateway == nil {
      ask(
        "management.gateway",
        "no gateway is given: the switches are reached only from within \(management.subnet)")
    }
    if let box = switches.first(where: { $0.role == .outOfBand }) {
      ask(
        box.name,
        "\(box.name) is set up by hand, and somebody provides its cable to the existing management"
          + " network: this plan has none, and without it gateway and servers are out of reach")
    }
    return list
  }

  /// What RDMA rests on, card by card: the flavour, and a driver that offers it.
  func rdmaFacts() -> [Confirmation] {
    guard choice.wantsRDMA else { return [] }
    var list: [Confirmation] = []
    for (need, index) in zip(problem.cards, choice.cards)
    where need.carriesStorage && site.hosts.indices.contains(need.group) {
      let part = part(index)
      guard let card = part.asNIC, card.rdma.isCapable else { continue }
      func ask(_ question: String) {
        list.append(
          Confirmation(kind: .assumption, subject: part.id.rawValue, question: question))
      }
      let os = site.hosts[need.group].os
      ask("a driver with \(card.rdma.words) exists for it on \(os)")
      switch card.rdma {
      case .both:
        ask(
          "its driver is set to iWARP: left at RoCE it loses packets"
            + (choice.isLossless ? "" : ", since the switches are not set up for lossless Ethernet")
        )
      case .iwarp where !choice.isLossless:
        ask("iWARP runs without DCB, which is advised for it and not set up here")
      default: break
      }
    }
    return list
  }
}

extension RDMA {
  /// The flavour for people.
  fileprivate var words: String {
    switch self {
    case .roceV1: "RDMA (RoCE version 1)"
    case .roceV2: "RDMA (RoCE version 2)"
    case .iwarp, .both: "RDMA (iWARP)"
    case .none, .unknown: "RDMA"
    }
  }
}
