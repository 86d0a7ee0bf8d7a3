import Testing

@testable import SwitchConfig

@Suite("Lists of ports")
struct PortListTests {
  private func list(_ stem: String, _ numbers: [Int]) -> [String] {
    PortLists.os9(numbers.map { "\(stem)\($0)" })
  }

  @Test("A unit of 0 is named once, another at both ends of a range and at every further port")
  func units() {
    let numbers = [1, 2, 3, 5, 8, 9]
    #expect(list("TenGigabitEthernet 0/", numbers) == ["TenGigabitEthernet 0/1-3,5,8-9"])
    #expect(list("TenGigabitEthernet 1/", numbers) == ["TenGigabitEthernet 1/1-1/3,1/5,1/8-1/9"])
  }

  @Test("Ports of another kind or unit begin a list of their own, and each lane is one")
  func kinds() {
    #expect(
      PortLists.os9([
        "TenGigabitEthernet 0/1", "TenGigabitEthernet 1/2", "TenGigabitEthernet 1/3",
        "fortyGigE 1/49", "TenGigabitEthernet 1/50/1", "TenGigabitEthernet 1/50/2",
        "fortyGigE 1/51", "fortyGigE 1/53",
      ]) == [
        "TenGigabitEthernet 0/1", "TenGigabitEthernet 1/2-1/3", "fortyGigE 1/49",
        "TenGigabitEthernet 1/50/1", "TenGigabitEthernet 1/50/2", "fortyGigE 1/51,1/53",
      ])
  }

  @Test("A range across units is no range of ports")
  func otherUnit() {
    let text = "interface Vlan 20\n tagged TenGigabitEthernet 1/1-2/3\n"
    let read = Shipped.read(text, os: .os9, file: "x")
    #expect(read.unknown.map(\.text) == ["tagged TenGigabitEthernet 1/1-2/3"])
  }
}
