/// Lists, sets, multisets and maps.
/// In: argument values. Out: a value or a failure. Start at [ListAdd].
///
/// Functions that add or remove change the collection that they are given and answer it, as in
/// Metron: a profile that adds an address for each of a million events could not afford a million
/// copies. They copy only what can't be changed, such as a list that is written in the program.
@NullMarked
package metron.stellar.functions.collection;

import org.jspecify.annotations.NullMarked;
