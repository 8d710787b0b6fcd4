package metron.server.search;

import metron.event.FieldType;

/// A field, for completion and the list of columns.
///
/// @param level `core`, `extended`, `metron` or `sensor`; `other` outside the catalogue
/// @param documents events that have it
public record FieldView(
    String name, FieldType type, String description, String level, long documents) {}
