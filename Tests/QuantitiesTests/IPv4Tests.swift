import Quantities
import Testing

@Suite struct IPv4Tests {
  @Test("Addresses are four decimal octets without leading zeros")
  func addresses() {
    #expect(IPv4Address("10.71.1.2")?.description == "10.71.1.2")
    let wrong = [
      "", "10.0.0", "10.0.0.256", "10.0.0.01", "10.0.0.1.2", "10.0.0.-1", "a.b.c.d", "...",
      "1..2.3",
      ".1.2.3", "1.2.3.", "1.2.3.4.", "00.0.0.0", "0000.1.1.1", "1.2.3.4 ", " 1.2.3.4",
      "1.2.3.4567",
      "99999999999999999999.1.1.1", "\u{FF11}.2.3.4", "1.2.3.4\u{301}", "1,2,3,4",
    ]
    for text in wrong { #expect(IPv4Address(text) == nil, "\(text)") }
    for bits: UInt32 in [0, .max, 0x0A00_0001, 0x7F00_0100, 0x0100_0000] {
      let address = IPv4Address(bits: bits)
      #expect(IPv4Address(address.description) == address)
      #expect(IPv4Address(address.description[...]) == address)
    }
  }

  @Test("Host bits of a subnet are zero")
  func hostBits() {
    #expect(IPv4Subnet("10.71.1.0/24")?.netmask.description == "255.255.255.0")
    #expect(IPv4Subnet("10.71.1.1/24") == nil)
    #expect(IPv4Subnet("10.71.1.0/33") == nil)
    #expect(IPv4Subnet("0.0.0.0/0")?.usableAddresses == 4_294_967_294)
  }

  @Test("Usable addresses leave out network and broadcast")
  func usable() throws {
    let subnet = try #require(IPv4Subnet("192.168.0.252/30"))
    #expect(subnet.usableAddresses == 2)
    #expect(subnet.address(1)?.description == "192.168.0.253")
    #expect(subnet.address(2)?.description == "192.168.0.254")
    #expect(subnet.address(0) == nil)
    #expect(subnet.address(3) == nil)
  }

  @Test("Subnets overlap when one holds the other")
  func overlap() throws {
    let wide = try #require(IPv4Subnet("10.0.0.0/8"))
    let narrow = try #require(IPv4Subnet("10.71.0.0/16"))
    let other = try #require(IPv4Subnet("11.0.0.0/8"))
    #expect(wide.overlaps(narrow) && narrow.overlaps(wide))
    #expect(!other.overlaps(narrow))
  }
}
