/// From tree to answer. In: a source, the functions and the variables of a host's records. Out: a
/// [Program] that evaluates records, or all faults of the source at once.
/// A source is read (`syntax`), checked and folded ([Checker]), and compiled to a hidden class
/// ([Compiler]); the [Interpreter] over the same tree is the oracle of the tests and explains answers.
/// Start at [Program]; many conditions over the same records are a [ProgramSet].
@NullMarked
package metron.stellar.program;

import org.jspecify.annotations.NullMarked;
