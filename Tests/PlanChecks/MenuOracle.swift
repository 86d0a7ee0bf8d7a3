import Fabric
import Foundation
import Quantities
import SwitchConfig

/// Whether a reader's VLANs are those of a text of commands under menus, found with a parser that
/// shares nothing with the reader's.
struct MenuOracle {
  private let before: ReadConfig
  private let after: ReadConfig
  private let text: ScannedMenus

  init(_ before: ReadConfig, _ after: ReadConfig, _ bytes: [UInt8]) {
    self.before = before
    self.after = after
    text = ScannedMenus(bytes)
  }

  /// What the text does not account for: a VLAN that it does not hold, or one left out unsaid.
  func violations() -> [String] {
    let read = self.read()
    let invented = read.subtracting(text.memberships(strictly: false)).sorted()
      .map { "\($0) is read, and the text lacks it" }
    let lost = text.memberships(strictly: true).subtracting(read).sorted()
    return lost.isEmpty || saysMore
      ? invented : invented + lost.map { "\($0) is left out, and nobody says so" }
  }

  /// What a LAG carries is said of its members: its number is the reader's affair.
  private func read() -> Set<String> {
    var result: Set<String> = []
    for port in after.intent?.ports ?? [] {
      let lag = port.lag.flatMap { number in after.intent?.lags.first { $0.number == number } }
      let membership = lag?.membership ?? port.membership
      if let id = membership.untagged { result.insert("\(port.name) untagged \(id.number)") }
      for id in membership.tagged { result.insert("\(port.name) tagged \(id.number)") }
    }
    return result
  }

  /// Whether something is told that was not told of the text as it was.
  private var saysMore: Bool {
    let known = Set(before.findings.map(\.message))
    let unknown = Set(before.unknown.map(\.text))
    return after.findings.contains { !known.contains($0.message) }
      || after.unknown.contains { !unknown.contains($0.text) }
  }
}

/// Commands under menus, seen without a grammar.
struct ScannedMenus {
  private var portOf: [String: String] = [:]
  private var slaves: [String: [String]] = [:]
  /// Properties of the ports of the bridge, each time that they are named.
  private var bridged: [String: [[String: String]]] = [:]
  private var vlans: [[String: String]] = []

  init(_ bytes: [UInt8]) {
    let joined = String(decoding: bytes, as: UTF8.self)
      .replacing("\r\n", with: "\n").replacing("\r", with: " ")
      .replacing(#/\\\n[ \t]*/#, with: "")
    var menu: [Substring] = []
    for row in joined.split(whereSeparator: \.isNewline) {
      var line = row[...]
      if let prompt = line.prefixMatch(of: #/\[[^\]]*@[^\]]*\]([^<>]*)(<[^<>]*)?>/#) {
        menu = prompt.1.filter { $0 > " " }.split(separator: "/").map { Substring(String($0)) }
        line = line[prompt.range.upperBound...]
      }
      for command in Self.commands(line) { read(command, &menu) }
    }
  }

  /// Words of the commands of a line; quotation marks and brackets hold words together.
  private static func commands(_ line: Substring) -> [[String]] {
    var commands: [[String]] = [[]]
    var word = ""
    var (isQuoted, isBracketed, isEscaped, hasWord) = (false, false, false, false)
    func end() {
      if hasWord { commands[commands.count - 1].append(word) }
      (word, hasWord) = ("", false)
    }
    for sign in line {
      if isEscaped {
        word.append(sign == "_" ? " " : sign)
        isEscaped = false
      } else if sign == "\\", isQuoted {
        isEscaped = true
      } else if sign == "\"" {
        isQuoted.toggle()
        hasWord = true
      } else if isQuoted {
        word.append(sign)
      } else if sign == "[" || isBracketed {
        word.append(sign)
        isBracketed = sign != "]"
        hasWord = true
      } else if sign == "#", commands.count == 1, commands[0].isEmpty, !hasWord {
        return []
      } else if sign == ";" {
        end()
        commands.append([])
      } else if sign == " " || sign == "\t" {
        end()
      } else {
        word.append(sign)
        hasWord = true
      }
    }
    end()
    return commands
  }

  private mutating func read(_ words: [String], _ menu: inout [Substring]) {
    var path = words.first?.hasPrefix("/") == true ? [] : menu
    var rest = words[...]
    while let word = rest.first, !word.contains("="), !word.hasPrefix("[") {
      let parts = word.split(separator: "/")
      let verb = parts.firstIndex { ["add", "set", "disable", "enable"].contains($0) }
      for part in parts[..<(verb ?? parts.endIndex)] {
        if part == ".." { _ = path.popLast() } else { path.append(part) }
      }
      rest.removeFirst()
      if let verb {
        command(path.joined(separator: "/"), String(parts[verb]), Array(rest))
        return
      }
    }
    if rest.isEmpty, words.first?.hasPrefix("/") == true || words.count == 1 { menu = path }
  }

  private mutating func command(_ menu: String, _ verb: String, _ words: [String]) {
    var values: [String: String] = [:]
    var subject = ""
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if word.hasPrefix("[") {
        subject = String(word.drop { $0 != "=" }.dropFirst().prefix { $0 != "]" })
          .trimmingCharacters(in: .whitespaces)
      } else if parts.count == 2 {
        values[String(parts[0])] = String(parts[1])
      }
    }
    switch (menu, verb) {
    case ("interface/ethernet", "set"): if let name = values["name"] { portOf[name] = subject }
    case ("interface/bonding", "add"):
      slaves[values["name"] ?? "", default: []] +=
        (values["slaves"] ?? "").split(separator: ",").map(String.init)
    case ("interface/bridge/port", "add"):
      bridged[values["interface"] ?? "", default: []].append(values)
    case ("interface/bridge/port", "set"):
      if let last = bridged[subject]?.last {
        bridged[subject]?.append(last.merging(values) { $1 })
      }
    case ("interface/bridge/vlan", "add"): vlans.append(values)
    default: break
    }
  }

  /// The ports that a name stands for.
  private func ports(_ name: String) -> [String] {
    (slaves[name] ?? [name]).map { portOf[$0] ?? $0 }.filter { $0.contains("sfp") }
  }

  /// `NAME tagged N`: all that the text can be taken to say, or all that it must be.
  func memberships(strictly: Bool) -> Set<String> {
    var result: Set<String> = []
    let members = slaves.values.flatMap { $0 }
    for (port, times) in bridged {
      for values in times {
        let isPlain = times.count == 1 && values["disabled"] != "yes"
        let takesPlain = values["frame-types"] != "admit-only-vlan-tagged"
        guard !strictly || (isPlain && takesPlain) else { continue }
        for name in ports(port) {
          result.insert("\(name) untagged \(values["pvid"] ?? "1")")
          if !strictly { result.insert("\(name) untagged 1") }
        }
      }
    }
    for vlan in vlans {
      for (key, isTagged) in [("tagged", true), ("untagged", false)] where isTagged || !strictly {
        for port in (vlan[key] ?? "").split(separator: ",").map(String.init) {
          let times = bridged[port] ?? []
          guard !strictly || (times.count == 1 && times[0]["disabled"] != "yes") else {
            continue
          }
          for id in Self.numbers(vlan["vlan-ids"] ?? "") {
            for name in ports(port) { result.insert("\(name) \(key) \(id)") }
          }
        }
      }
    }
    // One in several LAGs, or in one and in the bridge by itself, is told of, or in no VLAN.
    return strictly
      ? result.filter { row in
        let name = String(row.prefix { $0 != " " })
        return members.count { (portOf[$0] ?? $0) == name } + (bridged[name] == nil ? 0 : 1) < 2
      } : result
  }

  private static func numbers(_ list: String) -> [Int] {
    list.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let low = ends.first, let high = ends.last, low <= high, high <= 4094 else { return [] }
      return Array(low...high)
    }
  }
}
