/// What a person does with the language: example tables, batches, a session with variables.
/// In: lines of text. Out: answers and reports as text. Knows no terminal and no file.
/// Start at [ExampleTable].
@NullMarked
package metron.stellar.shell;

import org.jspecify.annotations.NullMarked;
