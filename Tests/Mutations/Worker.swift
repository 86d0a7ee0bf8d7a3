import CatalogStore
import Foundation
import Quantities
import SiteStore
import TenfoldTestSupport

/// Reads files one by one and tells of each before and after, so that a crash has a number.
enum Worker {
  /// Seconds after which a file counts as a hang and the kernel ends the process.
  static let hang: UInt32 = 20

  static func run(_ options: Options) {
    guard let today = CalendarDate(iso: "2026-11-23") else { return }
    // The first reading of each kind sets up what is set up once.
    for number in 0..<2 { read(MutatedFile(number: number, seed: 1), today: today) }
    for number in options.from..<options.to {
      let file = MutatedFile(number: number, seed: options.seed)
      say("> \(number)")
      ProcessMemory.resetPeak()
      alarm(hang)
      let start = ThreadTime.now()
      read(file, today: today)
      let time = ThreadTime.now() - start
      alarm(0)
      say("< \(number) \(Int(time * 1_000_000)) \(ProcessMemory.peak())")
    }
  }

  private static func read(_ file: MutatedFile, today: CalendarDate) {
    do {
      switch file.format {
      case .yaml: _ = try SiteReader.read(bytes: file.bytes, file: "site.yaml", today: today)
      case .xml: _ = try CatalogReader.read(files: [(name: "parts.xml", bytes: file.bytes)])
      }
    } catch {
      // Printing is part of what must not fail.
      if FindingPrinter().text(error.all).isEmpty { say("! refused without a word") }
    }
  }

  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
