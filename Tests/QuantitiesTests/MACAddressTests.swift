import Quantities
import Testing

@Suite struct MACAddressTests {
  @Test(
    "Addresses are read as systems write them, and written one way",
    arguments: [
      "b8:59:9f:00:00:0a", "B8-59-9F-00-00-0A", "b859.9f00.000a", "b8599f00000A", "b859-9f00-000a",
    ])
  func forms(text: String) {
    #expect(MACAddress(text)?.description == "b8:59:9f:00:00:0a")
  }

  @Test(
    "What is no address is refused",
    arguments: [
      "", "b8:59:9f:00:00", "b8:59:9f:00:00:0g", "b8:59-9f:00:00:0a", "b8 59 9f 00 00 0a",
      "b859.9f00:000a", "b8:59:9f:00:00:0a:", "0xb8599f0000", "b8599f0000", "b8:59:9f:00:0:00a",
      "b8:59:9f:00:00:0é",
    ])
  func refused(text: String) {
    #expect(MACAddress(text) == nil)
  }

  @Test("48 bits and no more")
  func bits() {
    #expect(MACAddress(bits: 0)?.description == "00:00:00:00:00:00")
    #expect(MACAddress(bits: 0xFFFF_FFFF_FFFF)?.description == "ff:ff:ff:ff:ff:ff")
    #expect(MACAddress(bits: 1 << 48) == nil)
  }

  @Test("Addresses stand in the order of their bits")
  func order() throws {
    let low = try #require(MACAddress("00:00:00:00:00:ff"))
    let high = try #require(MACAddress("01:00:00:00:00:00"))
    #expect(low < high)
  }
}
