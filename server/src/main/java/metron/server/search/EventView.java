package metron.server.search;

import metron.event.Event;

/// One event, whole.
public record EventView(Event event) {}
