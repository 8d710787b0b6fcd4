/// What is said in conversations: DNS, HTTP/1, TLS, QUIC, SSH, SMTP and its mail, FTP, SMB, DHCP, NTP, ICMP, Kerberos, and the
/// files that travel in them. In: streams and datagrams of [metron.packets.analysis]. Out: [metron.packets.protocol.Finding]s,
/// and from them ECS events.
///
/// A protocol is recognised by what is said, not only by its port. Every analyser takes any bytes without an exception; what it
/// buffers is bounded for itself and, by [metron.packets.protocol.BufferBudget], for all together.
///
/// Start at [metron.packets.protocol.ProtocolAnalysis].
@NullMarked
package metron.packets.protocol;

import org.jspecify.annotations.NullMarked;
