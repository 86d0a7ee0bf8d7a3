import Quantities

/// How a QEMU moves its guest to another one.
public struct QEMUSettings: Hashable, Sendable {
  /// What carries the memory.
  public enum Way: Hashable, Sendable {
    /// One connection.
    case tcp
    /// Several, each with a thread of its own (multifd).
    case multifd(channels: Int)
    /// RDMA of the host's adapter, set up by rdma_cm.
    case rdma
  }

  /// How the bytes of several connections are made fewer.
  public enum Packing: String, Hashable, Sendable, CaseIterable {
    case none
    case zlib
    case zstd
  }

  public var way: Way
  public var packing = Packing.none
  /// How long the guest should stand still.
  public var blackOut = Duration.milliseconds(300)
  /// Most bytes a second; `nil` for as many as the link carries.
  public var bytesPerSecond: Int?
  /// Whether a guest that writes too fast is slowed down (auto-converge).
  public var slowsDown = false
  /// How long it may take until it is cancelled.
  public var limit = Duration.seconds(3600)

  /// Makes settings.
  public init(_ way: Way) { self.way = way }

  /// Where one waits for the other.
  func address(_ address: IPv4Address, port: Int) -> String {
    way == .rdma ? "rdma:\(address):\(port)" : "tcp:\(address):\(port)"
  }

  /// What both ends must be told alike, and the source besides
  /// (<https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html#migration>).
  func capabilities(ofSource isSource: Bool) -> [Capability] {
    var capabilities = [Capability(capability: "multifd", state: false)]
    if case .multifd = way { capabilities[0].state = true }
    if isSource {
      capabilities.append(Capability(capability: "auto-converge", state: slowsDown))
    }
    return capabilities
  }

  struct Capability: Encodable {
    var capability: String
    var state: Bool
  }

  func parameters(ofSource isSource: Bool) -> Parameters {
    var parameters = Parameters()
    if case .multifd(let channels) = way {
      parameters.multifdChannels = channels
      parameters.multifdCompression = packing.rawValue
    }
    if isSource {
      parameters.downtimeLimit = Int(blackOut / .milliseconds(1))
      // QEMU has a limit of its own where none is set; a terabyte a second is beyond all links.
      parameters.maxBandwidth = bytesPerSecond ?? 1 << 40
    }
    return parameters
  }

  struct Parameters: Encodable {
    var maxBandwidth: Int?
    var downtimeLimit: Int?
    var multifdChannels: Int?
    var multifdCompression: String?

    private enum CodingKeys: String, CodingKey {
      case maxBandwidth = "max-bandwidth"
      case downtimeLimit = "downtime-limit"
      case multifdChannels = "multifd-channels"
      case multifdCompression = "multifd-compression"
    }
  }
}
