/// Never shipped: what the tests of several rooms share, and the long runs (`bin/metron fuzz`, `bin/metron soak`).
@NullMarked
package metron.testing;

import org.jspecify.annotations.NullMarked;
