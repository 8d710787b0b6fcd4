package metron.server;

import java.time.InstantSource;
import metron.server.configuration.ConfigurationCheck;
import metron.server.deadletter.DeadLetters;
import metron.server.health.HealthSource;
import metron.server.indicator.Indicators;
import metron.server.sensor.SensorPreview;
import metron.storage.AccountStore;
import metron.storage.AlertStore;
import metron.storage.AuditLog;
import metron.storage.ConfigStore;
import metron.storage.EventStore;
import metron.storage.SessionStore;
import metron.storage.SettingsStore;

/// What the server stands on. It closes none of them.
public record ServerParts(
    EventStore events,
    AlertStore alerts,
    AccountStore accounts,
    SessionStore sessions,
    SettingsStore settings,
    AuditLog audit,
    ConfigStore configuration,
    ConfigurationCheck configurationCheck,
    HealthSource health,
    DeadLetters deadLetters,
    Indicators indicators,
    SensorPreview sensors,
    InstantSource clock) {}
