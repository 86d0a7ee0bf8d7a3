import Glibc
import Migration

/// Memory of a real guest, as its hypervisor wrote it to a file.
public struct MemoryImage: Sendable {
  private let path: String
  /// Pages of 4096 bytes.
  public let pages: Int

  private struct Save: Encodable {
    var val = 0
    var size: Int
    var filename: String
  }

  /// Lets a QEMU write the first bytes of its guest's memory to a file.
  /// - Throws: `QMPFailure` where it does not.
  public static func save(
    from monitor: String, bytes: Int, to path: String
  ) throws(QMPFailure) {
    let qemu = try QMPConnection(monitor, within: .seconds(60))
    _ = try qemu.execute("pmemsave", Save(size: bytes, filename: path))
  }

  /// `nil` for a file that is not there, or not made of whole pages.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > 0, status.st_size % 4096 == 0 else {
      return nil
    }
    self.path = path
    pages = Int(status.st_size / 4096)
  }

  /// Puts it into a memory of as many pages.
  /// - Parameter first: Page of the image that comes first; those before it come at the end.
  /// - Returns: whether all of it could be read.
  public func load(into memory: GuestMemory, first: Int = 0) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0, memory.count == pages * 4096, first < pages else { return false }
    defer { close(file) }
    func read(_ page: Int, _ count: Int, to place: Int) -> Bool {
      var done = 0
      while done < count * 4096 {
        let room = UnsafeMutableRawBufferPointer(
          rebasing: memory.bytes[(place * 4096 + done)..<((place + count) * 4096)])
        let got = pread(file, room.baseAddress, room.count, page * 4096 + done)
        guard got > 0 else { return false }
        done += got
      }
      return true
    }
    return read(first, pages - first, to: 0) && read(0, first, to: pages - first)
  }
}
