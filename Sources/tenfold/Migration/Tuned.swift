import Migration
import Quantities
import Transport

/// How guests of a drain move.
struct DrainShape: Hashable {
  /// Migrations at once.
  var atOnce: Int
  /// Connections over each pair of ports.
  var streams: Int
  /// What is set of each connection.
  var lanes = LaneShape()
}

/// What of a drain may be tuned.
enum Tuned: Hashable {
  case atOnce
  case streams
  case block
  case jumbo
  /// Receive queues of each port, which people set.
  case queues(most: Int)

  /// What asks for it.
  var option: String {
    switch self {
    case .atOnce: "--tune"
    case .streams: "--tune-streams"
    case .block: "--tune-block"
    case .jumbo: "--tune-jumbo"
    case .queues: "--tune-queues"
    }
  }

  /// Segments of frames of 1500 bytes: 20 bytes of IPv4 and 20 of TCP are in them (RFC 9293, 3.7.1).
  private static let plainSegment = 1460

  /// What the tuner may try, as it numbers values: blocks by powers of two, jumbo frames as 0 and 1.
  func settings(_ shape: DrainShape, guests: Int) -> Tuner.Settings {
    switch self {
    case .atOnce:
      var settings = Tuner.Settings(1...min(guests, 64), start: shape.atOnce)
      settings.steps = Tuner.Settings.steps(ofGuests: guests)
      return settings
    case .streams:
      return Tuner.Settings(1...SyntheticGuestOptions.mostStreams, start: shape.streams)
    case .block:
      let (least, most) = (LaneShape.blocks.lowerBound, LaneShape.blocks.upperBound)
      return Tuner.Settings(
        least.trailingZeroBitCount...most.trailingZeroBitCount,
        start: (1 << 20).trailingZeroBitCount)
    case .jumbo:
      return Tuner.Settings(0...1, start: 1)
    case .queues(let most): return Tuner.Settings(1...most)
    }
  }

  /// The drain with one of these values.
  func shape(_ value: Int, of shape: DrainShape) -> DrainShape {
    var shape = shape
    switch self {
    case .atOnce: shape.atOnce = value
    case .streams: shape.streams = value
    case .block: shape.lanes.block = 1 << value
    case .jumbo: shape.lanes.segment = value == 0 ? Self.plainSegment : nil
    case .queues: break
    }
    return shape
  }

  /// `4 at once`, `2 connections over each pair of ports`.
  func words(_ value: Int) -> String {
    switch self {
    case .atOnce: "\(value) at once"
    case .streams: Format.count(value, "connection") + " over each pair of ports"
    case .block: "blocks of \(name(value))"
    case .jumbo: name(value)
    case .queues: Format.count(value, "receive queue") + " of each port"
    }
  }

  /// Why nothing above the most of its values is tried.
  var most: String {
    switch self {
    case .atOnce: "there are no more guests (--guests)"
    case .streams, .block: "nothing more is allowed"
    case .jumbo: "ports take nothing longer"
    case .queues: "nothing more was asked for"
    }
  }

  /// The value alone.
  func name(_ value: Int) -> String {
    switch self {
    case .atOnce, .streams, .queues: "\(value)"
    case .block: value < 20 ? "\(1 << (value - 10)) KiB" : "\(1 << (value - 20)) MiB"
    case .jumbo: value == 0 ? "frames of 1500 bytes" : "frames as long as the ports take"
    }
  }
}
