/// Values parted by a separator. In: one line. Out: its columns, by name. Start at [CsvFormat]; [CsvRow] splits a line.
@NullMarked
package metron.parsers.csv;

import org.jspecify.annotations.NullMarked;
