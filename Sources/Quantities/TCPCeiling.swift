/// What TCP can carry over Ethernet at most.
public enum TCPCeiling {
  /// Payload of TCP over IPv4 in packets of `mtu` bytes, on a link of a rate, rounded down.
  ///
  /// Of each packet 20 bytes are IP's (RFC 791), 20 TCP's (RFC 9293) and 12 its timestamps (RFC 7323);
  /// around it go 14 bytes of Ethernet, 4 of its check, 8 of preamble, 12 of gap (IEEE 802.3) and 4 of a
  /// tag (IEEE 802.1Q). Hosts without timestamps or tags carry a little more.
  /// - Parameter mtu: Bytes of an IP packet; `nil` comes of one too small for any payload.
  public static func payload(of link: DataRate, mtu: Int) -> DataRate? {
    share(mtu: mtu).flatMap { part(of: link, $0) }
  }

  /// The part of a link's rate that is payload.
  public static func share(mtu: Int) -> Rational? {
    mtu > 52 ? Rational(Int64(mtu) - 52, over: Int64(mtu) + 42) : nil
  }

  /// What a healthy path carries at least: nine tenths of it. The rest is for slow processors and for
  /// what else is on the wire.
  public static func least(of link: DataRate, mtu: Int) -> DataRate? {
    payload(of: link, mtu: mtu).flatMap { part(of: $0, .percent(90)) }
  }

  private static func part(of rate: DataRate, _ share: Rational) -> DataRate? {
    share.timesRoundedDown(rate.bitsPerSecond).map { DataRate(bitsPerSecond: $0) }
  }
}
