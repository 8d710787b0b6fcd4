package metron.demo;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Where sessions put their lines.
final class Output {
  final Lines lines;
  private final ArrayDeque<DemoRecord> waiting = new ArrayDeque<>();

  Output(Lines lines) {
    this.lines = lines;
  }

  void add(DemoRecord record) {
    waiting.add(record);
  }

  @Nullable DemoRecord poll() {
    return waiting.poll();
  }
}
