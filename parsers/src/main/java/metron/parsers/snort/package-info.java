/// Snort alerts: CSV of 27 columns, and the fast form of Snort and Suricata. In: one line. Out: its parts, by name. Start at
/// [SnortFormat].
@NullMarked
package metron.parsers.snort;

import org.jspecify.annotations.NullMarked;
