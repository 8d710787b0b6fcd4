/// How fast is it? JMH classes, one question each, and the table of `bin/metron bench`. Start at [Bench].
@NullMarked
package metron.benchmarks;

import org.jspecify.annotations.NullMarked;
