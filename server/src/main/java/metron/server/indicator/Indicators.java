package metron.server.indicator;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The indicators that the stream matches against. Any thread.
public interface Indicators {
  /// @param id unique and stable, fit for a path: letters, digits and `-._:`
  /// @param type ECS `threat.indicator.type`, such as `ipv4-addr` or `domain-name`
  /// @param source the feed or list it came from
  /// @param confidence as the feed says it; null: it does not
  /// @param description null: none
  record Indicator(
      String id,
      String type,
      String value,
      String source,
      @Nullable String confidence,
      @Nullable String description) {}

  /// @param line of the list, from 1
  record Rejected(long line, String reason) {}

  /// @param loaded indicators that are live now
  /// @param rejected lines that could not be read; at most 1000 are named
  record Loaded(long loaded, List<Rejected> rejected) {}

  /// Reads a list to its end; indicators that are there already are replaced. Live in the stream within a second of return.
  ///
  /// @param source name of the list
  Loaded load(String source, InputStream csv) throws IOException;

  /// Indicators whose value starts with `prefix`, without case, by value.
  List<Indicator> list(String prefix, int size);

  Optional<Indicator> find(String id);

  /// How many there are.
  long count();

  /// @return false if there was none
  boolean remove(String id) throws IOException;
}
