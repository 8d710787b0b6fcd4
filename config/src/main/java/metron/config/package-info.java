/// YAML with positions. In: a document. Out: records, or every fault at once: file, line, found, expected, did you mean.
///
/// Start at [ConfigNode#parse], then read keys from a [Section]; faults gather in [Faults] and are thrown together as one
/// [ConfigException], so that a person mends a file in one go.
@NullMarked
package metron.config;

import org.jspecify.annotations.NullMarked;
