/// Keep and find. In: events with their place in the log, edits of alerts, accounts, configuration. Out: answers to a
/// [SearchRequest], and everything again after a crash.
///
/// Ports: [EventStore] and [AlertStore] (found by search), [AccountStore], [SessionStore], [SettingsStore] and [AuditLog]
/// (found by key), [ConfigStore] (files with history). One sub-package per backend; start at a port.
@NullMarked
package metron.storage;

import org.jspecify.annotations.NullMarked;
