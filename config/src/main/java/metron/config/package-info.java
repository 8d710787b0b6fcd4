/// YAML with positions. In: a document. Out: records, or every fault at once: file, line, found, expected, did you mean.
@NullMarked
package metron.config;

import org.jspecify.annotations.NullMarked;
