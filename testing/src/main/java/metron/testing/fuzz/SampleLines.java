package metron.testing.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import metron.demo.DemoRecord;
import metron.demo.DemoScenario;
import metron.parsers.RawRecord;
import metron.parsers.RecordReader;
import metron.parsers.Sensors;

/// True lines to start from: the samples of a sensor, the demo's, and for some formats a few of our own.
final class SampleLines {
  private static final Map<String, List<String>> OWN =
      Map.of(
          "snort",
          List.of(
              "03/01-11:58:12.123456 ,1,2019401,3,\"ET INFO invented, quoted\",TCP,192.0.2.10,49152,198.51.100.7,443,"
                  + "00:00:5E:00:53:01,00:00:5E:00:53:02,0x3C,***AP***,0x1A2B3C,0x4D5E6F,,0x2000,64,0,4711,52,53248,,,,",
              "03/01-11:58:12.123456  [**] [1:2019401:3] invented message [**] [Classification: Misc activity]"
                  + " [Priority: 3] {UDP} 192.0.2.10:53 -> 198.51.100.7:5353"),
          "csv",
          List.of(
              "a,b,c",
              "\"quoted, comma\",2,3",
              "1;2;3",
              "2026-03-01T11:00:00Z,192.0.2.1,\"say \"\"x\"\"\""),
          "grok",
          List.of(
              "192.0.2.1 - - [01/Mar/2026:11:00:00 +0000] \"GET / HTTP/1.1\" 200 5", "plain words"),
          "json",
          List.of(
              "{\"@timestamp\":\"2026-03-01T11:00:00Z\",\"source\":{\"ip\":\"192.0.2.1\",\"port\":1},\"tags\":[\"a\"]}",
              "{\"source.ip\":\"2001:db8::1\",\"n\":1.5e3,\"o\":[{\"k\":\"v\"},{\"k\":null}]}"),
          "cef",
          List.of(
              "CEF:0|Vendor|Product|1.0|100|name \\| pipe|7|src=192.0.2.1 spt=1 dst=198.51.100.2 cs1Label=Rule cs1=a\\=b"
                  + " msg=two words rt=1772366400000",
              "<134>Mar  1 11:00:00 host CEF:0|V|P|2|id|n|Very-High|act=blocked request=http://a.example/x?y=z"));

  private static final Map<String, String> SAME_AS = Map.of("grok", "squid", "csv", "squid");

  private SampleLines() {}

  /// @return at least one line
  static List<byte[]> of(String sensor) {
    List<byte[]> lines = new ArrayList<>();
    for (String line : OWN.getOrDefault(sensor, List.of())) {
      lines.add(line.getBytes(StandardCharsets.UTF_8));
    }
    for (RawRecord record : samples(sensor)) {
      lines.add(record.bytes());
    }
    String spoken = SAME_AS.getOrDefault(sensor, sensor);
    Iterator<DemoRecord> demo =
        new DemoScenario(7, Instant.parse("2026-03-01T08:00:00Z")).withLimit(20_000).iterator();
    while (demo.hasNext() && lines.size() < 400) {
      DemoRecord record = demo.next();
      if (record.sensor().equals(spoken)) {
        lines.add(record.line());
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalStateException(
          "no sample lines for sensor "
              + sensor
              + ": put samples.log beside its definition, so that it is tested");
    }
    return lines;
  }

  private static List<RawRecord> samples(String sensor) {
    List<RawRecord> records = new ArrayList<>();
    try (InputStream in =
        SampleLines.class.getResourceAsStream("samples/" + sensor + "/samples.log")) {
      if (in != null) {
        RecordReader reader =
            Sensors.shipped().sensor(sensor).orElseThrow().framing().open(in, metadata(sensor));
        for (RawRecord record = reader.next(); record != null; record = reader.next()) {
          records.add(record);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the samples of " + sensor + " can't be read", e);
    }
    return records;
  }

  static Map<String, String> metadata(String sensor) {
    return sensor.equals("zeek") ? Map.of("file", "conn.log") : Map.of();
  }
}
