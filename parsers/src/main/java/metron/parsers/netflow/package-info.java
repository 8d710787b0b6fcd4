/// NetFlow v5 and v9 and IPFIX. In: one datagram, and the templates that came before it. Out: an event a flow. Start at
/// [NetflowFormat]; [Templates] learns from a stream of datagrams and hands each what it needs of the ones before.
@NullMarked
package metron.parsers.netflow;

import org.jspecify.annotations.NullMarked;
