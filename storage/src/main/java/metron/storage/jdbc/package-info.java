/// Accounts, sessions, settings and the audit log in one SQLite file. In: rows. Out: the same after a crash.
///
/// Start at [SqliteDatabase], which opens the file, brings its schema up to date and hands out the stores.
@NullMarked
package metron.storage.jdbc;

import org.jspecify.annotations.NullMarked;
