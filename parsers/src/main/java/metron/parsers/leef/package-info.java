/// Log Event Extended Format of QRadar, versions 1 and 2. In: one line with `LEEF:`. Out: header and attributes, by name. Start at
/// [LeefFormat].
@NullMarked
package metron.parsers.leef;

import org.jspecify.annotations.NullMarked;
