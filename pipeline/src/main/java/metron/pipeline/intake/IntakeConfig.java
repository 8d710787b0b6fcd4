package metron.pipeline.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metron.config.Section;
import metron.event.Cidr;
import org.jspecify.annotations.Nullable;

/// The `sources` section of `conf/metron.yaml`.
///
/// @param http null: no HTTP intake
/// @param udp,tcp one entry for each port
/// @param files,kafka what is read
public record IntakeConfig(
    @Nullable Http http, List<Syslog> udp, List<Syslog> tcp, List<Files> files, List<Kafka> kafka) {
  /// RFC 5424 asks for 2 KiB; firewalls and proxies send more. The log keeps up to 1 MiB of a record whole.
  static final int LARGEST_RECORD = 1 << 20;

  private static final String LOOPBACK = "127.0.0.1";
  private static final int SMALLEST_RECORD = 480;

  public IntakeConfig {
    udp = List.copyOf(udp);
    tcp = List.copyOf(tcp);
    files = List.copyOf(files);
    kafka = List.copyOf(kafka);
  }

  /// @param token whether a sender must show one
  /// @param body most bytes of a request, expanded
  /// @param record most bytes of a record
  public record Http(String address, int port, boolean token, long body, int record) {
    /// Logstash sends up to 20 MB in one request.
    public static final long BODY = 64L << 20;
  }

  /// A port for syslog.
  ///
  /// @param port 0: any free one
  /// @param sensor for records that no route fits
  /// @param maximum most bytes of a message; longer ones are cut
  /// @param idle how long a connection may be silent
  /// @param connections most at once
  /// @param tls null: plain
  public record Syslog(
      String address,
      int port,
      String sensor,
      List<Route> routes,
      int maximum,
      Duration idle,
      int connections,
      @Nullable TlsFiles tls) {
    public Syslog {
      routes = List.copyOf(routes);
    }
  }

  /// Files to follow.
  ///
  /// @param name of the file that keeps the positions
  /// @param paths files, folders (every file in them) and patterns such as `/var/log/zeek/*.log`
  /// @param fromStart whether what is in a file at the first start is read too
  /// @param poll how often to look for new lines
  public record Files(
      String name, List<String> paths, String sensor, boolean fromStart, Duration poll) {
    public Files {
      paths = List.copyOf(paths);
    }
  }

  /// A topic of another Kafka.
  ///
  /// @param servers `host:port,host:port`
  /// @param fromStart whether records of before the first start are read
  /// @param properties further settings of the Kafka consumer, such as `security.protocol`
  public record Kafka(
      String servers,
      String topic,
      String sensor,
      boolean fromStart,
      Map<String, String> properties) {
    public Kafka {
      properties = Map.copyOf(properties);
    }
  }

  /// Reads the section; faults go to its [metron.config.Faults].
  ///
  /// @param base folder that relative paths start from
  public static IntakeConfig read(Section sources, Path base) {
    @Nullable Http http = sources.child("http").map(IntakeConfig::http).orElse(null);
    List<Syslog> udp = new ArrayList<>();
    for (Section s : sources.children("syslogUdp")) {
      udp.add(syslog(s, false, base));
    }
    List<Syslog> tcp = new ArrayList<>();
    for (Section s : sources.children("syslogTcp")) {
      tcp.add(syslog(s, true, base));
    }
    List<Files> files = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    for (Section s : sources.children("files")) {
      files.add(files(s, names, base));
    }
    List<Kafka> kafka = new ArrayList<>();
    for (Section s : sources.children("kafka")) {
      Kafka k =
          new Kafka(
              s.string("servers"),
              s.string("topic"),
              s.string("sensor"),
              s.oneOf("from", List.of("start", "end"), "start").equals("start"),
              s.texts("properties"));
      s.finish();
      kafka.add(k);
    }
    sources.finish();
    return new IntakeConfig(http, udp, tcp, files, kafka);
  }

  private static Http http(Section s) {
    Http http =
        new Http(
            s.string("address", LOOPBACK),
            s.integer("port", 0, 65_535, 8081),
            s.bool("token", true),
            s.size("maxBody", Http.BODY),
            record(s, "maxRecord"));
    s.finish();
    return http;
  }

  private static int record(Section s, String key) {
    long size = s.size(key, LARGEST_RECORD);
    if (size < SMALLEST_RECORD || size > LARGEST_RECORD) {
      s.fault(key, "is " + size + " bytes, expected " + SMALLEST_RECORD + " to " + LARGEST_RECORD);
      return LARGEST_RECORD;
    }
    return (int) size;
  }

  private static Syslog syslog(Section s, boolean connections, Path base) {
    List<Route> routes = new ArrayList<>();
    for (Section r : s.children("routes")) {
      @Nullable Cidr from = null;
      String text = r.string("from", "");
      if (!text.isEmpty()) {
        from = Cidr.parse(text).orElse(null);
        if (from == null) {
          r.fault("from", "is \"" + text + "\", expected addresses such as \"10.1.0.0/16\"");
        }
      }
      String contains = r.string("contains", "");
      if (text.isEmpty() && contains.isEmpty()) {
        r.fault("sensor", "route fits everything, expected 'from' or 'contains' beside it");
      }
      routes.add(new Route(from, contains.isEmpty() ? null : contains, r.string("sensor")));
      r.finish();
    }
    @Nullable TlsFiles tls =
        connections ? s.child("tls").map(t -> tls(t, base)).orElse(null) : null;
    Syslog syslog =
        new Syslog(
            s.string("address", LOOPBACK),
            s.integer("port", 0, 65_535, tls == null ? 5514 : 6514),
            s.string("sensor", "syslog"),
            routes,
            record(s, "maxMessage"),
            connections ? s.duration("idle", Duration.ofMinutes(10)) : Duration.ofMinutes(10),
            connections ? s.integer("connections", 1, 100_000, 512) : 0,
            tls);
    s.finish();
    return syslog;
  }

  private static TlsFiles tls(Section s, Path base) {
    String clients = s.string("clientCertificates", "");
    TlsFiles tls =
        new TlsFiles(
            base.resolve(s.string("certificate")),
            base.resolve(s.string("key")),
            clients.isEmpty() ? null : base.resolve(clients));
    s.finish();
    return tls;
  }

  private static Files files(Section s, Map<String, Integer> names, Path base) {
    String sensor = s.string("sensor");
    List<String> paths = new ArrayList<>();
    for (String path : s.strings("paths")) {
      paths.add(base.resolve(path).normalize().toString());
    }
    if (paths.isEmpty()) {
      s.fault("paths", "has no path, expected files, folders or patterns");
    }
    // Two sources of one sensor without names keep apart by their order.
    String name = s.string("name", sensor);
    int n = names.merge(name, 1, Integer::sum);
    Files files =
        new Files(
            n == 1 ? name : name + "-" + n,
            paths,
            sensor,
            s.oneOf("from", List.of("start", "end"), "start").equals("start"),
            s.duration("poll", Duration.ofMillis(500)));
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      s.fault("name", "is \"" + name + "\", expected letters, digits, '.', '_' and '-'");
    }
    s.finish();
    return files;
  }
}
