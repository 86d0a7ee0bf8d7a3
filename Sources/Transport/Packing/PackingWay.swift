import CTransport

/// How bytes go over a connection: as they are, or made fewer by a library of the system.
public enum PackingWay: Hashable, Sendable, CustomStringConvertible {
  case plain
  case lz4
  case zstd(level: Int)

  /// Those that this machine has, the fastest first.
  public static let available: [PackingWay] = {
    let found = tenfold_codecs()
    return [.plain] + (found & Int32(TENFOLD_LZ4.rawValue) != 0 ? [.lz4] : [])
      + (found & Int32(TENFOLD_ZSTD.rawValue) != 0 ? [.zstd(level: 1), .zstd(level: 5)] : [])
  }()

  public var description: String {
    switch self {
    case .plain: "as they are"
    case .lz4: "lz4"
    case .zstd(let level): "zstd, level \(level)"
    }
  }

  var codec: tenfold_codec? {
    switch self {
    case .plain: nil
    case .lz4: TENFOLD_LZ4
    case .zstd: TENFOLD_ZSTD
    }
  }

  var level: Int32 {
    switch self {
    case .plain, .lz4: 1
    case .zstd(let level): Int32(clamping: level)
    }
  }

  /// The kind of frame that carries it.
  func frame(hasShared: Bool) -> FrameHeader.Kind {
    switch self {
    case .plain: .plain
    case .lz4: hasShared ? .lz4Shared : .lz4
    case .zstd: hasShared ? .zstdShared : .zstd
    }
  }
}

/// How a connection sends.
public struct LanePacking: Hashable, Sendable {
  /// Bytes of content over the network, packed ones as they went.
  public var bytes = 0
  /// How the last of them went.
  public var way = PackingWay.plain
  /// Bytes a second of a connection below which packing pays, by what the fastest way that gains anything
  /// packs; `nil` where nothing was tried.
  public var breakEven: Double?
  /// The adapter that writes it by RDMA, or why there is none; `nil` where none was asked for.
  public var adapter: Result<String, TransferFailure>?
}
