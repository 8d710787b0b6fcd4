package metron.app.cli;

import java.util.List;
import java.util.Locale;
import metron.event.json.EventJson;
import metron.parsers.Sensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `metron sensors`.
@Command(name = "sensors", description = "List the sensors that Metron understands.")
final class SensorsCommand extends StreamedCommand {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--json",
      description = "As a JSON array of name, aliases, vendor, product, description, formats.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<Sensor> sensors = SensorChoice.all(data.directory()).all();
    if (json) {
      out.println(json(sensors));
      return 0;
    }
    int width = sensors.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    for (Sensor sensor : sensors) {
      String aliases =
          sensor.aliases().isEmpty() ? "" : " Also: " + String.join(", ", sensor.aliases()) + ".";
      out.println(
          String.format(Locale.ROOT, "%-" + width + "s  ", sensor.name())
              + sensor.description()
              + aliases);
    }
    return 0;
  }

  private static String json(List<Sensor> sensors) {
    StringBuilder text = new StringBuilder("[");
    for (Sensor sensor : sensors) {
      text.append(text.length() == 1 ? "\n" : ",\n").append("  {\"name\":");
      EventJson.quote(text, sensor.name());
      list(text.append(",\"aliases\":"), sensor.aliases());
      EventJson.quote(text.append(",\"vendor\":"), sensor.vendor());
      EventJson.quote(text.append(",\"product\":"), sensor.product());
      EventJson.quote(text.append(",\"description\":"), sensor.description());
      list(text.append(",\"formats\":"), sensor.formats());
      text.append('}');
    }
    return text.append("\n]").toString();
  }

  private static void list(StringBuilder text, List<String> values) {
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      EventJson.quote(text, values.get(i));
    }
    text.append(']');
  }
}
