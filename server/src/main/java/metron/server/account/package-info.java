/// Who may do what. In: a password, a session cookie or an API token. Out: the [Caller] of a request, and a record of what
/// it changed in the audit log. Start at [Accounts]; which role each address needs is in [AccessRules].
@NullMarked
package metron.server.account;

import org.jspecify.annotations.NullMarked;
