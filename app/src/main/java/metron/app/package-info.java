/// The `metron` command. In: arguments. Out: a running Metron, or what a command prints; exit code 0 done, 1 failed, 2 wrong
/// use. Start at [Metron]; the commands are in `cli`, the wiring of a running Metron is in `start`.
@NullMarked
package metron.app;

import org.jspecify.annotations.NullMarked;
