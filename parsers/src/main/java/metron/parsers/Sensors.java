package metron.parsers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import metron.config.ConfigException;
import metron.config.Faults;

/// The sensors at hand: the shipped ones and those of a user, who may also replace a shipped one by using its name.
/// Immutable, so a new configuration is a new `Sensors`.
public final class Sensors {
  /// Folders under `sensors/` of the jar.
  private static final List<String> SHIPPED =
      List.of(
          "apache_access",
          "apache_error",
          "asa",
          "auditd",
          "aws_cloudtrail",
          "aws_elb",
          "aws_guardduty",
          "aws_route53",
          "aws_vpcflow",
          "aws_waf",
          "azure_activity",
          "bind",
          "bluecoat",
          "cef",
          "checkpoint",
          "cisco_ios",
          "cisco_ise",
          "coredns",
          "crowdstrike",
          "csv",
          "defender",
          "duo",
          "entra",
          "filterlog",
          "fireeye",
          "fortigate",
          "gcp_audit",
          "github_audit",
          "google_workspace",
          "grok",
          "haproxy",
          "iis_access",
          "iis_error",
          "infoblox",
          "iptables",
          "json",
          "juniper_srx",
          "keyvalue",
          "kubernetes_audit",
          "lancope",
          "leef",
          "linux",
          "meraki",
          "mikrotik",
          "ms_dhcp",
          "ms_dns",
          "mysql_slowlog",
          "netflow",
          "nginx_access",
          "nginx_error",
          "nginx_ingress",
          "o365",
          "okta",
          "osquery",
          "paloalto",
          "postfix",
          "postgresql",
          "santa",
          "snort",
          "snort3",
          "sonicwall",
          "sophos_xg",
          "sourcefire",
          "squid",
          "suricata",
          "syslog",
          "sysmon_linux",
          "traefik",
          "umbrella",
          "unbound",
          "websphere",
          "windows",
          "xml",
          "yaf",
          "zeek",
          "zscaler_fw",
          "zscaler_web");

  private static final class Holder {
    private static final Sensors SHIPPED_SENSORS = readShipped();
  }

  private final Map<String, Sensor> byName;
  private final Map<String, Sensor> byAlias;

  private Sensors(Collection<Sensor> sensors) {
    byName = new TreeMap<>();
    byAlias = new LinkedHashMap<>();
    for (Sensor sensor : sensors) {
      byName.put(sensor.name(), sensor);
    }
    // A later sensor's alias wins, a name always.
    for (Sensor sensor : sensors) {
      for (String alias : sensor.aliases()) {
        byAlias.put(alias, sensor);
      }
    }
  }

  /// Those that come with Metron.
  public static Sensors shipped() {
    return Holder.SHIPPED_SENSORS;
  }

  /// Reads definitions, without the shipped ones.
  ///
  /// @param definitions path, such as `sensors/proxy/sensor.yaml`, to YAML text
  /// @throws ConfigException with every fault of every file
  public static Sensors load(Map<String, String> definitions) throws ConfigException {
    Faults faults = new Faults();
    Map<String, Sensor> sensors = new LinkedHashMap<>();
    new TreeMap<>(definitions)
        .forEach(
            (path, text) -> {
              Optional<Sensor> read = SensorDefinition.read(path, text, faults);
              if (read.isPresent() && sensors.put(read.get().name(), read.get()) != null) {
                faults.add(path, "a second sensor with the name '" + read.get().name() + "'");
              }
            });
    faults.throwIfAny();
    return new Sensors(sensors.values());
  }

  /// These and others; of the same name, the other is taken.
  public Sensors with(Sensors others) {
    Map<String, Sensor> all = new LinkedHashMap<>(byName);
    others.byName.forEach(
        (name, sensor) -> {
          // Removed first, so that its aliases come after those of the others and win.
          all.remove(name);
          all.put(name, sensor);
        });
    return new Sensors(all.values());
  }

  /// All, by name.
  public List<Sensor> all() {
    return List.copyOf(byName.values());
  }

  /// @param nameOrAlias in any case; `-` and `_` are the same
  public Optional<Sensor> sensor(String nameOrAlias) {
    String name = nameOrAlias.strip().toLowerCase(java.util.Locale.ROOT);
    Sensor found = byName.get(name);
    if (found == null) {
      found = byAlias.get(name);
    }
    if (found == null) {
      String other = name.replace('-', '_');
      found = byName.get(other);
      if (found == null) {
        found = byAlias.get(other);
      }
    }
    return Optional.ofNullable(found);
  }

  /// Names that are close to one that is not known, for "did you mean".
  public List<String> names() {
    List<String> names = new ArrayList<>(byName.keySet());
    names.addAll(byAlias.keySet());
    return List.copyOf(names);
  }

  private static Sensors readShipped() {
    Map<String, String> definitions = new LinkedHashMap<>();
    for (String name : SHIPPED) {
      String path = "sensors/" + name + "/sensor.yaml";
      try (InputStream in = Sensors.class.getResourceAsStream(path)) {
        if (in == null) {
          throw new IllegalStateException("resource metron/parsers/" + path + " is missing");
        }
        definitions.put(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("resource " + path + " can't be read", e);
      }
    }
    try {
      return load(definitions);
    } catch (ConfigException e) {
      throw new IllegalStateException("a shipped sensor is faulty: " + e.getMessage(), e);
    }
  }
}
