/// A built Metron run as a user runs it: a process of its own that is started, spoken to over its ports, stopped and killed.
/// In: a tree with a distribution in `app/target/metron`. Out: what the process said and answered. Start at [Product].
@NullMarked
package metron.testing.process;

import org.jspecify.annotations.NullMarked;
