package metron.event;

import java.util.Objects;

/// A named, typed place in an [Event].
///
/// Fields of the [FieldCatalogue] are unique objects, so `==` decides; a field outside it (`id` is [#EXT]) is equal to
/// another of the same name.
///
/// @param id position in the catalogue, stable over releases for shipped fields; [#EXT] outside it
/// @param name dotted ECS or vendor name, such as `source.ip`
/// @param type what its values are
/// @param repeated whether ECS says it holds a list (`normalize: array`)
public record Field(int id, String name, FieldType type, boolean repeated) {
  /// The id of every field that the catalogue does not know.
  public static final int EXT = -1;

  public Field {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
  }

  /// A field outside the catalogue: kept in the `ext` map of the index and the lake.
  static Field ext(String name, FieldType type) {
    return new Field(EXT, name, type, false);
  }

  public boolean isExt() {
    return id == EXT;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Field f && f.name.equals(name));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
