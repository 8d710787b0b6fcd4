/// How fast is the whole product, in a process of its own? Each benchmark here starts a second JVM with the flags of
/// `bin/metron start`, in which the product runs as users run it; what is measured comes back as one line of JSON. Start at
/// [ProductBenchmark].
@NullMarked
package metron.benchmarks.product;

import org.jspecify.annotations.NullMarked;
