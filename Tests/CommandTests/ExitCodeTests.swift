import Foundation
import TenfoldTestSupport
import Testing

@Suite("Exit codes and messages")
struct ExitCodeTests {
  @Test("Version and help end with 0 and speak on standard output")
  func version() throws {
    let result = try Binary.run(["--version"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("tenfold "))
  }

  @Test(
    "Wrong usage ends with 2 and says what is wrong",
    arguments: [
      (["audit"], "Neither a plan nor a folder of configurations is given"),
      (["audit", "a", "b"], "Unexpected argument 'b'"),
      (["audit", "a", "--color", "sometimes"], "'sometimes' is invalid"),
      (["audt"], "did you mean `tenfold audit`?"),
      (["explain"], "Missing expected argument"),
    ])
  func usage(arguments: [String], message: String) throws {
    let result = try Binary.run(arguments)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test("A file that does not exist ends with 3 and is named")
  func missing() throws {
    let result = try Binary.run(["audit", "no/such/plan.json"])
    #expect(result.status == 3)
    #expect(
      result.errors
        == "no/such/plan.json: error: cannot open: No such file or directory [machine]\n")
  }

  @Test("A catalogue or a site file that does not exist ends with 3")
  func missingInput() throws {
    let site = "examples/starter-pair/site.yaml"
    let catalog = try Binary.run(["plan", site, "-o", "/nowhere/out", "--catalog", "no.xml"])
    #expect(catalog.status == 3)
    #expect(catalog.errors.hasPrefix("no.xml: error: the file cannot be read: No such file"))
    #expect(try Binary.run(["plan", "no.yaml", "-o", "/nowhere/out"]).status == 3)
    #expect(try Binary.run(["catalog", "list", "--catalog", "no.xml"]).status == 3)
  }

  @Test("A file that is no plan ends with 2, with its place")
  func noPlan() throws {
    let result = try Binary.run(["audit", "Package.swift"])
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("Package.swift:1:1: error: "))
  }

  @Test("With --json a failure is JSON on standard output and text on standard error")
  func json() throws {
    let result = try Binary.run(["audit", "Package.swift", "--json"])
    #expect(result.status == 2)
    let parsed = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let object = try #require(parsed as? [String: Any])
    #expect(object["status"] as? String == "wrong-input")
    #expect((object["findings"] as? [Any])?.count == 1)
  }

  @Test("A full disk under standard output ends with 3")
  func fullDisk() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Binary.path)
    process.arguments = ["--help"]
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 3)
  }

  @Test("A reader that goes away is no failure")
  func closedPipe() throws {
    let pipe = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Binary.path)
    process.arguments = ["--generate-completion-script", "bash"]
    process.standardOutput = pipe
    try pipe.fileHandleForReading.close()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
  }

  @Test("Colour is off when no terminal looks, and NO_COLOR wins over none but --color")
  func color() throws {
    let arguments = ["audit", "Package.swift"]
    #expect(!(try Binary.run(arguments)).errors.contains("\u{1B}"))
    let always = try Binary.run(arguments + ["--color", "always"], environment: ["NO_COLOR": "1"])
    #expect(always.errors.contains("\u{1B}[1;31merror\u{1B}[0m"))
    #expect(!(try Binary.run(arguments + ["--color", "never"])).errors.contains("\u{1B}"))
  }
}
