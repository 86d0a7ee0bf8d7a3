/// Abbreviations that reports use, with their meaning.
///
/// A report shows those that occur in it. A test fails when a report holds an abbreviation that is
/// not here.
public enum Glossary {
  /// Meaning by abbreviation, in the order in which reports show them.
  public static let entries: [(term: String, meaning: String)] = [
    ("10GBASE-LR", "10 Gbps over single-mode fibre, up to 10000 m"),
    ("10GBASE-SR", "10 Gbps over multimode fibre"),
    ("10GBASE-T", "10 Gbps over twisted pair with RJ45 plugs"),
    ("40GBASE-SR4", "40 Gbps over four pairs of multimode fibres"),
    ("AOC", "active optical cable: fibre with fixed plugs"),
    ("AUD", "Australian dollar"),
    ("BOM", "bill of materials: the order lines"),
    ("BRL", "Brazilian real"),
    ("BPDU", "bridge protocol data unit: the message of spanning tree"),
    ("C13", "outlet for the usual power cord of a switch"),
    ("C14", "inlet that fits a C13 outlet"),
    ("C19", "outlet for a thicker power cord"),
    ("C20", "inlet that fits a C19 outlet"),
    ("CAD", "Canadian dollar"),
    ("CAT5E", "twisted-pair cable for 1 Gbps up to 100 m"),
    ("CAT6", "twisted-pair cable, category 6"),
    ("CAT6A", "twisted-pair cable for 10 Gbps up to 100 m"),
    ("CHF", "Swiss franc"),
    ("CNY", "Chinese yuan"),
    ("CPU", "central processing unit"),
    ("CSV", "cluster shared volume, the shared storage of a Hyper-V cluster"),
    ("CZK", "Czech crown"),
    ("Cat5e", "twisted-pair cable for 1 Gbps up to 100 m"),
    ("Cat6", "twisted-pair cable, category 6"),
    ("Cat6A", "twisted-pair cable for 10 Gbps up to 100 m"),
    ("DAC", "direct attach copper: twinax cable with fixed plugs"),
    ("DCB", "data center bridging: lossless Ethernet"),
    ("DCBX", "data center bridging exchange: neighbours tell each other their DCB settings"),
    ("DHCP", "dynamic host configuration protocol: addresses, and configurations, by request"),
    ("DKK", "Danish crown"),
    ("DNS", "domain name system"),
    ("ECMP", "equal-cost multipath"),
    ("EOS", "Arista's Extensible Operating System"),
    ("ETS", "enhanced transmission selection: a share of the rate for each class"),
    ("EUR", "euro"),
    ("GBP", "pound sterling"),
    ("GiB", "gibibyte, 1073741824 bytes"),
    ("Gbps", "gigabit a second"),
    ("HUF", "Hungarian forint"),
    ("HKD", "Hong Kong dollar"),
    ("INR", "Indian rupee"),
    ("IOS", "Cisco switch operating system"),
    ("IP", "internet protocol"),
    ("IPv4", "internet protocol, version 4"),
    ("ISL", "inter-switch link"),
    ("JPY", "Japanese yen"),
    ("LACP", "link aggregation control protocol"),
    ("LAG", "link aggregation group: several links that act as one"),
    ("LAN", "local area network"),
    ("LC", "small duplex fibre plug"),
    ("LLDP", "link layer discovery protocol: shows what is plugged in where"),
    ("LOM", "network port on the main board of a host"),
    ("LR", "long-range optics, over single-mode fibre"),
    ("MAC", "media access control: the hardware address of a port"),
    ("MLAG", "multi-chassis LAG: a LAG that ends on two switches"),
    ("MPIO", "multipath input and output: storage over two paths"),
    ("MPO", "plug for twelve fibres"),
    ("MST", "multiple spanning tree"),
    ("MSTP", "multiple spanning tree protocol"),
    ("MTU", "maximum transmission unit: the largest packet in bytes"),
    ("N4000", "series of Dell Networking switches for 10 Gbps"),
    ("NIC", "network interface card"),
    ("NOK", "Norwegian crown"),
    ("NTP", "network time protocol"),
    ("NZD", "New Zealand dollar"),
    ("NX-OS", "Cisco's operating system of Nexus switches"),
    ("NXOS", "facts of Cisco's operating system of Nexus switches"),
    ("OM1", "multimode fibre, class 1"),
    ("OM2", "multimode fibre, class 2"),
    ("OM3", "multimode fibre, class 3: up to 300 m at 10 Gbps"),
    ("OM4", "multimode fibre, class 4"),
    ("OOB", "out of band: a network for management alone"),
    ("OS", "operating system"),
    ("OS10", "Dell switch operating system 10"),
    ("OS2", "single-mode fibre, class 2"),
    ("OS6", "Dell switch operating system 6"),
    ("OS9", "Dell switch operating system 9"),
    ("PDU", "power distribution unit: the outlets of a rack"),
    ("PFC", "priority flow control: pauses one class instead of losing its packets"),
    ("PLN", "Polish zloty"),
    ("PSU", "power supply unit"),
    ("PVST", "Cisco's spanning tree with one tree a VLAN"),
    ("QSFP+", "plug-in slot for 40 Gbps"),
    ("QSFP28", "plug-in slot for 100 Gbps"),
    ("R2", "second release: Windows Server 2012 R2 is a version of its own"),
    ("RDMA", "remote direct memory access: the card moves data without the CPU"),
    ("RJ45", "plug of twisted-pair cables"),
    ("RON", "Romanian leu"),
    ("RSTP", "rapid spanning tree protocol"),
    ("RoCE", "RDMA over converged Ethernet; needs lossless Ethernet"),
    ("SAFE", "the rules of these texts that keep a switch safe"),
    ("SEK", "Swedish crown"),
    ("SET", "switch-embedded teaming of Windows Server 2016 and later"),
    ("SFP", "plug-in slot for 1 Gbps"),
    ("SFP+", "plug-in slot for 10 Gbps"),
    ("SFP28", "plug-in slot for 25 Gbps"),
    ("SGD", "Singapore dollar"),
    ("SHA-256", "a checksum of a file"),
    ("SKU", "stock-keeping unit: the order number"),
    ("SMB", "server message block: the file protocol of Windows, also used for live migration"),
    ("SR", "short-range optics, over multimode fibre"),
    ("SSH", "secure shell: encrypted access to a command line"),
    ("STP", "spanning tree protocol"),
    ("SupportAssist", "Dell's service that a switch reports its faults to"),
    ("TCP", "transmission control protocol"),
    ("THB", "Thai baht"),
    ("ToR", "top of rack: a switch that serves the hosts of its rack"),
    ("UDP", "user datagram protocol"),
    ("USD", "United States dollar"),
    ("UTP", "unshielded twisted pair"),
    ("UTF-8", "the usual encoding of text"),
    ("VAT", "value-added tax"),
    ("VLAN", "virtual local area network"),
    ("VLT", "virtual link trunking: two Dell switches act as one towards a LAG"),
    ("VLTi", "link between the two switches of a VLT pair"),
    ("VM", "virtual machine"),
    ("W", "watt"),
    ("eVLT", "two VLT pairs joined by a LAG"),
    ("iWARP", "RDMA over TCP; runs without lossless Ethernet"),
    ("ZAR", "South African rand"),
    ("kW", "kilowatt"),
    ("mm", "millimetre"),
    ("m", "metre"),
    ("vPC", "virtual port channel: two Cisco switches act as one towards a LAG"),
  ]

  private static let terms = Set(entries.map(\.term))

  /// The abbreviations that occur in a Markdown text outside of code, with their meanings.
  public static func used(in markdown: String) -> [(term: String, meaning: String)] {
    let words = Set(words(of: markdown))
    // A meaning can hold an abbreviation itself; its meaning is shown too.
    var shown = words
    while true {
      let more = entries.filter { shown.contains($0.term) }
        .flatMap { self.words(of: $0.meaning) }
      let grown = shown.union(more)
      if grown.count == shown.count { break }
      shown = grown
    }
    return entries.filter { shown.contains($0.term) }
  }

  /// The words with a capital or of one or two letters of a Markdown text outside of code, addresses
  /// and footnote marks, without a plural s after a capital; of a word with hyphens that is no term
  /// itself, its parts too.
  public static func words(of markdown: String) -> [String] {
    var scanner = WordScanner()
    for byte in markdown.utf8 { scanner.read(byte) }
    scanner.finish()
    return scanner.words
  }

  private struct WordScanner {
    private(set) var words: [String] = []
    private var word: [UInt8] = []
    private var isCandidate = false
    /// The byte that ends what is skipped.
    private var closing: UInt8?

    mutating func read(_ byte: UInt8) {
      if let end = closing {
        if byte == end { closing = nil }
        return
      }
      switch byte {
      case UInt8(ascii: "`"):
        finish()
        closing = byte
      case UInt8(ascii: "<"):
        finish()
        closing = UInt8(ascii: ">")
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        isCandidate = true
        word.append(byte)
      case UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
        word.append(byte)
      default: finish()
      }
    }

    /// Ends a word.
    mutating func finish() {
      // Most words are plain: neither a capital nor as short as a unit.
      if isCandidate || word.count < 3 { keep() }
      word.removeAll(keepingCapacity: true)
      isCandidate = false
    }

    private mutating func keep() {
      while word.last == UInt8(ascii: "-") { word.removeLast() }
      while word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "+") {
        word.removeFirst()
      }
      if word.count > 2, word.last == UInt8(ascii: "s"),
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(word[word.count - 2])
      {
        word.removeLast()
      }
      guard !word.isEmpty else { return }
      let text = String(decoding: word, as: UTF8.self)
      words.append(text)
      if word.contains(UInt8(ascii: "-")), !terms.contains(text) {
        words += text.split(separator: "-").map(String.init)
      }
    }
  }

  static func append(to page: inout Markdown) {
    let used = used(in: page.text)
    guard !used.isEmpty else { return }
    page.heading(2, "Abbreviations")
    page.bullets(used.map { "**\($0.term)**: \($0.meaning)." })
  }
}
