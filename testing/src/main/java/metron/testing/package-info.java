/// Never shipped: what the tests of several rooms share, and the long runs of `bin/metron fuzz`.
@NullMarked
package metron.testing;

import org.jspecify.annotations.NullMarked;
