import Fabric

/// A port name taken apart: `TenGigabitEthernet 0/12` is kind, unit 0, port 12.
struct PortNumbers {
  var kind: Substring
  /// Name up to the last number, such as `TenGigabitEthernet 0/`.
  var stem: Substring
  /// Numbers after the kind: 2, or 3 for a lane.
  var count: Int
  /// The last of them.
  var last: Int

  /// `nil` when the name does not end in numbers parted by `/`.
  init?(_ name: String) {
    let bytes = name.utf8
    var start = bytes.endIndex
    var place = 1
    var value = 0
    while start > bytes.startIndex {
      let before = bytes.index(before: start)
      guard (48...57).contains(bytes[before]), place < 1_000_000 else { break }
      value += place * Int(bytes[before] - 48)
      place *= 10
      start = before
    }
    guard start < bytes.endIndex else { return nil }
    var kindEnd = start
    var count = 1
    while kindEnd > bytes.startIndex {
      let byte = bytes[bytes.index(before: kindEnd)]
      if byte == 47 { count += 1 } else if !(48...57).contains(byte) { break }
      kindEnd = bytes.index(before: kindEnd)
    }
    kind = name[..<kindEnd]
    stem = name[..<start]
    self.count = count
    last = value
  }
}

/// Lists of ports, LAGs and VLANs as the platforms write them.
enum PortLists {
  /// OS9 lists, one a kind and unit: `TenGigabitEthernet 0/0-15,20`, but `1/1-1/16,1/21` where units
  /// count from 1 (fact `OS9-113a`). Lanes with a number of their own (`1/49/1`) get a list each,
  /// since no source shows what a range of them takes in.
  static func os9(_ names: [String]) -> [String] {
    var lists: [String] = []
    var stem: Substring = ""
    var unit: Substring = ""
    var text = ""
    var first = 0
    var last = 0
    func closeRange() {
      if last > first { text += "-" + unit + String(last) }
    }
    func closeList() {
      guard !text.isEmpty else { return }
      closeRange()
      lists.append(text)
      text = ""
    }
    for name in names {
      guard let port = PortNumbers(name), port.count == 2 else {
        closeList()
        lists.append(name)
        continue
      }
      if text.isEmpty || port.stem != stem {
        closeList()
        stem = port.stem
        unit = stem.dropFirst(port.kind.count)
        if unit == "0/" { unit = "" }
        text = name
      } else if port.last == last + 1 {
        last = port.last
        continue
      } else {
        closeRange()
        text += "," + unit + String(port.last)
      }
      first = port.last
      last = port.last
    }
    closeList()
    return lists
  }

  /// Ascending numbers as `1-3,7`.
  static func ranges(_ numbers: [Int]) -> String {
    var text = ""
    var index = 0
    while index < numbers.count {
      var end = index
      while end + 1 < numbers.count, numbers[end + 1] == numbers[end] + 1 { end += 1 }
      if !text.isEmpty { text += "," }
      text += String(numbers[index])
      if end > index { text += "-" + String(numbers[end]) }
      index = end + 1
    }
    return text
  }
}
