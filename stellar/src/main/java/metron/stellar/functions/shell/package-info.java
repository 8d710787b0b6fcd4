/// Functions for the shell alone: they look at the machine that it runs on.
/// In: argument values. Out: a value or a failure. Start at [SystemEnvGet].
@NullMarked
package metron.stellar.functions.shell;

import org.jspecify.annotations.NullMarked;
