/// A running Metron: which parts it has, in which order they start and stop, and the adapters between the rooms. The only place
/// where a store, a broker or a server is constructed. Start at [RunningMetron].
@NullMarked
package metron.app.start;

import org.jspecify.annotations.NullMarked;
