package metron.server.account;

import metron.storage.AccountStore.Role;

/// Who is signed in.
///
/// @param mustChangePassword nothing but the password can be changed until it is the user's own
public record Session(String name, Role role, boolean mustChangePassword) {
  static Session of(Caller caller) {
    return new Session(caller.name(), caller.role(), caller.mustChangePassword());
  }
}
