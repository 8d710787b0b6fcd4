/// Lines described by regular expressions, chosen by what is found in the line. In: one line. Out: its named groups. Start at
/// [RegexFormat].
@NullMarked
package metron.parsers.regex;

import org.jspecify.annotations.NullMarked;
