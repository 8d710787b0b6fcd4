/// One class a command, each with its own help text. `parse` and `sensors` need no running Metron; the others find it by the
/// [metron.app.start.RunFile] in the data directory.
@NullMarked
package metron.app.cli;

import org.jspecify.annotations.NullMarked;
