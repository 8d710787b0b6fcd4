/// The definitions in `conf/` as a git repository, by JGit: no git program is needed, and any git program can read it.
///
/// In: texts with an author and a reason. Out: the same, their history and a way back. Start at [GitConfigStore].
@NullMarked
package metron.storage.git;

import org.jspecify.annotations.NullMarked;
