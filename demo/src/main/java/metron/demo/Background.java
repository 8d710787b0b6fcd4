package metron.demo;

import java.util.Locale;
import java.util.SplittableRandom;

/// What happens on an ordinary day. Each call plays one small session and leaves its lines, one interval apart, each seen by
/// the sensors that would see it, with one five-tuple.
final class Background {
  private static final String[] AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Microsoft-Delivery-Optimization/10.1",
    "curl/8.14.1"
  };
  private static final String[][] NOISE = {
    {"ET INFO Observed External IP Lookup Domain in TLS SNI", "Misc activity", "3"},
    {"ET INFO Session Traversal Utilities for NAT (STUN Binding Request)", "Misc activity", "3"},
    {"ET INFO Windows OS Submitting USB Metadata to Microsoft", "Misc activity", "3"},
    {"ET POLICY Cloud Storage Upload", "Potential Corporate Privacy Violation", "3"},
    {"ET INFO Outdated Browser Version", "Potentially Bad Traffic", "3"},
    {"ET POLICY Remote Support Software Activity", "Potential Corporate Privacy Violation", "2"}
  };
  static final String BROWSER_JA3 = "cd08e31494f9531f560d64c695473da9";
  private static final String ISSUER = "CN=Example Trust R3,O=Example Trust,C=US";
  private static final String[] MD5 = new String[64];
  private static final String[] SHA1 = new String[64];
  private static final String[] SHA256 = new String[64];

  static {
    // Hashes of harmless files: the same few come again, as they do.
    SplittableRandom fixed = new SplittableRandom(7);
    for (int i = 0; i < MD5.length; i++) {
      MD5[i] = hex(fixed, 32);
      SHA1[i] = hex(fixed, 40);
      SHA256[i] = hex(fixed, 64);
    }
  }

  private final Company company;
  private final Output out;
  private final Lines lines;
  private final SplittableRandom random;
  private final boolean numbered;
  private long at;
  private long step;
  private long connection = 488_167_000;

  Background(Company company, Output out, SplittableRandom random, boolean numbered) {
    this.company = company;
    this.out = out;
    this.lines = out.lines;
    this.random = random;
    this.numbered = numbered;
  }

  /// @param offset nanoseconds from the start
  /// @param interval nanoseconds between two lines
  void session(long offset, long interval) {
    at = offset;
    step = interval;
    int kind = random.nextInt(1000);
    if (kind < 300) {
      browse();
    } else if (kind < 430) {
      browseTls();
    } else if (kind < 600) {
      lookUp();
    } else if (kind < 690) {
      files();
    } else if (kind < 770) {
      visit();
    } else if (kind < 850) {
      scan();
    } else if (kind < 895) {
      mail();
    } else if (kind < 925) {
      lease();
    } else if (kind < 950) {
      administer();
    } else if (kind < 975) {
      endpoint();
    } else if (kind < 998) {
      database();
    } else {
      noise();
    }
  }

  private void put(DemoRecord record) {
    out.add(record);
    at += step;
  }

  private Company.Host anyone() {
    return company.workstations.get(random.nextInt(company.workstations.size()));
  }

  private Company.Site somewhere() {
    // Few sites get most visits: the smaller of two draws.
    int n = company.sites.size();
    return company.sites.get(Math.min(random.nextInt(n), random.nextInt(n)));
  }

  private int port() {
    return 49152 + random.nextInt(16384);
  }

  private long flow() {
    return random.nextLong() >>> 12;
  }

  private String agent() {
    return AGENTS[random.nextInt(AGENTS.length)];
  }

  private void browse() {
    Company.Host host = anyone();
    Company.Site site = somewhere();
    int port = port();
    int outer = port();
    String agent = agent();
    long bytes = 400L + random.nextInt(90_000);
    long id = connection++;
    long flow = flow();
    String uid = lines.uid();
    int status = random.nextInt(20) == 0 ? 404 : random.nextInt(12) == 0 ? 302 : 200;
    String uri = site.path() + (random.nextBoolean() ? "?id=" + random.nextInt(100_000) : "");
    put(lines.dns(at, lines.uid(), host.ip(), port(), Company.DNS, site.name(), site.ip()));
    put(lines.asaBuilt(at, id, false, site.ip(), 80, Company.PROXY, outer, Company.NAT, outer));
    put(
        lines.squid(
            at,
            host.ip(),
            "TCP_MISS",
            status,
            20 + random.nextInt(800),
            bytes,
            "GET",
            "http://" + site.name() + uri,
            host.user(),
            "HIER_DIRECT",
            site.ip(),
            site.mime()));
    put(
        lines.conn(
            at,
            lines.uid(),
            host.ip(),
            port,
            Company.PROXY,
            3128,
            false,
            "http",
            900_000,
            800,
            bytes + 300,
            "SF",
            "ShADadFf"));
    String fuid = status == 200 && random.nextInt(4) == 0 ? "F" + uid.substring(1) : "";
    put(
        lines.http(
            at,
            uid,
            Company.PROXY,
            outer,
            site.ip(),
            "GET",
            site.name(),
            uri,
            agent,
            status,
            bytes,
            site.mime(),
            fuid));
    put(
        lines.eveHttp(
            at,
            flow,
            Company.PROXY,
            outer,
            site.ip(),
            "GET",
            site.name(),
            uri,
            agent,
            status,
            bytes,
            site.mime()));
    if (!fuid.isEmpty()) {
      int f = random.nextInt(MD5.length);
      put(
          lines.file(
              at,
              uid,
              fuid,
              Company.PROXY,
              outer,
              site.ip(),
              site.mime(),
              "",
              bytes,
              MD5[f],
              SHA1[f],
              SHA256[f]));
    }
    put(
        lines.conn(
            at,
            uid,
            Company.PROXY,
            outer,
            site.ip(),
            80,
            false,
            "http",
            700_000 + random.nextInt(900_000),
            700,
            bytes,
            "SF",
            "ShADadFf"));
    put(
        lines.asaTeardown(
            at, id, site.ip(), 80, Company.PROXY, outer, random.nextInt(30), bytes + 700));
  }

  private void browseTls() {
    Company.Host host = anyone();
    Company.Site site = somewhere();
    int outer = port();
    long bytes = 2000L + random.nextInt(400_000);
    long id = connection++;
    long flow = flow();
    String uid = lines.uid();
    put(
        lines.eveDns(
            at,
            flow(),
            Company.DNS,
            port(),
            Company.RESOLVERS[random.nextInt(3)],
            site.name(),
            site.ip()));
    put(lines.asaBuilt(at, id, false, site.ip(), 443, Company.PROXY, outer, Company.NAT, outer));
    if (!numbered) {
      put(
          lines.squid(
              at,
              host.ip(),
              "TCP_TUNNEL",
              200,
              500 + random.nextInt(60_000),
              bytes,
              "CONNECT",
              site.name() + ":443",
              host.user(),
              "HIER_DIRECT",
              site.ip(),
              "-"));
    }
    put(lines.ssl(at, uid, Company.PROXY, outer, site.ip(), 443, site.name(), ISSUER, BROWSER_JA3));
    put(lines.eveTls(at, flow, Company.PROXY, outer, site.ip(), 443, site.name(), BROWSER_JA3));
    put(
        lines.conn(
            at,
            uid,
            Company.PROXY,
            outer,
            site.ip(),
            443,
            false,
            "ssl",
            2_000_000 + random.nextInt(60_000_000),
            1500 + random.nextInt(9000),
            bytes,
            "SF",
            "ShADadFf"));
    put(
        lines.eveFlow(
            at,
            flow,
            Company.PROXY,
            outer,
            site.ip(),
            443,
            false,
            "tls",
            random.nextInt(60),
            4000,
            bytes));
    put(
        lines.asaTeardown(
            at, id, site.ip(), 443, Company.PROXY, outer, random.nextInt(90), bytes + 1500));
  }

  private void lookUp() {
    Company.Host host = anyone();
    boolean inside = random.nextInt(3) == 0;
    boolean unknown = random.nextInt(25) == 0;
    Company.Site site = somewhere();
    int port = port();
    String uid = lines.uid();
    String name =
        inside
            ? (random.nextBoolean() ? "dc01." : "fs01.") + Company.DOMAIN
            : unknown ? "wpad." + site.name() : site.name();
    int answer = unknown && !inside ? 0 : inside ? Company.DNS : site.ip();
    put(lines.dns(at, uid, host.ip(), port, Company.DNS, name, answer));
    put(
        lines.conn(
            at,
            uid,
            host.ip(),
            port,
            Company.DNS,
            53,
            true,
            "dns",
            1000 + random.nextInt(50_000),
            40,
            90,
            "SF",
            "Dd"));
  }

  private void files() {
    Company.Host host = anyone();
    put(
        lines.conn(
            at,
            lines.uid(),
            host.ip(),
            port(),
            Company.DNS,
            88,
            false,
            "krb_tcp",
            9_000 + random.nextInt(9000),
            1600,
            1700,
            "SF",
            "ShADadFf"));
    put(
        lines.conn(
            at,
            lines.uid(),
            host.ip(),
            port(),
            Company.FILES,
            445,
            false,
            "gssapi,smb",
            3_000_000 + random.nextInt(90_000_000),
            9000 + random.nextInt(90_000),
            20_000 + random.nextInt(4_000_000),
            "SF",
            "ShADadFf"));
    if (!numbered) {
      put(
          lines
              .syslog5424(at, 86, "fs01", "smbd", 2200 + random.nextInt(900), "AUTH")
              .s("Auth: user [CORP\\")
              .s(host.user())
              .s("] status [NT_STATUS_OK] workstation [")
              .s(host.name())
              .s("] remote host [ipv4:")
              .ip(host.ip())
              .s(":")
              .n(port())
              .s("]")
              .end());
    }
  }

  private void visit() {
    int visitor = company.visitors[random.nextInt(company.visitors.length)];
    int port = 20000 + random.nextInt(40000);
    long id = connection++;
    long flow = flow();
    String uid = lines.uid();
    String uri = random.nextInt(3) == 0 ? "/products?page=" + random.nextInt(40) : "/";
    String agent = agent();
    long bytes = 900L + random.nextInt(40_000);
    put(lines.asaBuilt(at, id, true, visitor, port, Company.WEB, 80, Company.WEB_PUBLIC, 80));
    put(
        lines.http(
            at,
            uid,
            visitor,
            port,
            Company.WEB,
            "GET",
            "www.corp.example",
            uri,
            agent,
            200,
            bytes,
            "text/html",
            ""));
    put(
        lines.eveHttp(
            at,
            flow,
            visitor,
            port,
            Company.WEB,
            "GET",
            "www.corp.example",
            uri,
            agent,
            200,
            bytes,
            "text/html"));
    put(
        lines.conn(
            at,
            uid,
            visitor,
            port,
            Company.WEB,
            80,
            false,
            "http",
            300_000 + random.nextInt(900_000),
            500,
            bytes,
            "SF",
            "ShADadFf"));
    put(lines.asaTeardown(at, id, visitor, port, Company.WEB, 80, random.nextInt(20), bytes + 500));
  }

  private void scan() {
    // The last one is on the feed: a rare visitor, so that its alerts do not bury the intrusion's.
    int last = company.scanners.length - 1;
    int scanner = company.scanners[random.nextInt(150) == 0 ? last : random.nextInt(last)];
    int[] ports = {22, 23, 445, 3389, 5900, 8080, 1433, 6379};
    if (numbered) {
      // A denied packet has no connection, and so no place for a number.
      lookUp();
      return;
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      put(
          lines.asaDenied(
              at,
              scanner,
              30000 + random.nextInt(30000),
              Company.ip(198, 51, 100, random.nextInt(256)),
              ports[random.nextInt(ports.length)]));
    }
  }

  private void mail() {
    int sender = company.visitors[random.nextInt(company.visitors.length)];
    Company.Host to = anyone();
    Company.Site from = somewhere();
    String queue =
        Long.toHexString(0x10_0000_0000L | random.nextInt(Integer.MAX_VALUE))
            .toUpperCase(Locale.ROOT);
    int pid = 1000 + random.nextInt(30000);
    int bytes = 2000 + random.nextInt(90_000);
    String domain = from.name().substring(from.name().indexOf('.') + 1);
    put(
        lines.conn(
            at,
            lines.uid(),
            sender,
            port(),
            Company.MAIL,
            25,
            false,
            "smtp",
            800_000 + random.nextInt(900_000),
            bytes,
            700,
            "SF",
            "ShAdDafF"));
    put(
        lines
            .syslog(at, 22, "mail01", "postfix/smtpd", pid)
            .s(queue)
            .s(": client=mx.")
            .s(domain)
            .s("[")
            .ip(sender)
            .s("]")
            .end());
    put(
        lines
            .syslog(at, 22, "mail01", "postfix/qmgr", 900)
            .s(queue)
            .s(": from=<news@")
            .s(domain)
            .s(">, size=")
            .n(bytes)
            .s(", nrcpt=1 (queue active)")
            .end());
    put(
        lines
            .syslog(at, 22, "mail01", "postfix/lmtp", pid + 3)
            .s(queue)
            .s(": to=<")
            .s(to.user())
            .s("@corp.example>, relay=mail01[private/dovecot-lmtp], delay=0.")
            .padded(random.nextInt(100), 2)
            .s(", delays=0.1/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 <")
            .s(to.user())
            .s("@corp.example> Saved)")
            .end());
  }

  private void lease() {
    Company.Host host = anyone();
    put(
        lines
            .syslog(at, 30, "dc01", "dhcpd", 801)
            .s("DHCPREQUEST for ")
            .ip(host.ip())
            .s(" from ")
            .s(host.mac())
            .s(" (")
            .s(host.name())
            .s(") via ens18")
            .end());
    put(
        lines
            .syslog(at, 30, "dc01", "dhcpd", 801)
            .s("DHCPACK on ")
            .ip(host.ip())
            .s(" to ")
            .s(host.mac())
            .s(" (")
            .s(host.name())
            .s(") via ens18")
            .end());
  }

  private void administer() {
    Company.Host host = company.workstations.get(random.nextInt(3));
    int port = port();
    int pid = 2000 + random.nextInt(30000);
    put(
        lines.conn(
            at,
            lines.uid(),
            host.ip(),
            port,
            Company.APP,
            22,
            false,
            "ssh",
            60_000_000 + random.nextInt(900_000_000),
            9000,
            30_000,
            "SF",
            "ShAdDaFf"));
    put(
        lines
            .syslog(at, 86, "app01", "sshd", pid)
            .s("Accepted publickey for ")
            .s(host.user())
            .s(" from ")
            .ip(host.ip())
            .s(" port ")
            .n(port)
            .s(" ssh2: ED25519 SHA256:Qm3v9cD0l4wK2pZ8xT1rY6uB7nE5sA3hJ0fGkLqWvXo")
            .end());
    put(
        lines
            .syslog(at, 86, "app01", "sshd", pid)
            .s("pam_unix(sshd:session): session opened for user ")
            .s(host.user())
            .s("(uid=")
            .n(1000 + random.nextInt(40))
            .s(") by (uid=0)")
            .end());
  }

  private void endpoint() {
    Company.Host host = anyone();
    switch (random.nextInt(3)) {
      case 0 ->
          put(
              lines.cef(
                  at, "1001", "Agent check-in", 1, host, 0, 0, "none", "Agent is up to date"));
      case 1 ->
          put(
              lines.cef(
                  at,
                  "1200",
                  "Interactive logon",
                  2,
                  host,
                  0,
                  0,
                  "allowed",
                  "User logged on at the console"));
      default ->
          put(
              lines.cef(
                  at,
                  "1310",
                  "Removable media attached",
                  3,
                  host,
                  0,
                  0,
                  "allowed",
                  "USB storage device attached, read only"));
    }
  }

  private void database() {
    int port = port();
    put(
        lines.conn(
            at,
            lines.uid(),
            Company.APP,
            port,
            Company.DATABASE,
            5432,
            false,
            "",
            40_000 + random.nextInt(900_000),
            2000 + random.nextInt(9000),
            9000 + random.nextInt(900_000),
            "SF",
            "ShADadFf"));
    put(
        lines.eveFlow(
            at,
            flow(),
            Company.APP,
            port,
            Company.DATABASE,
            5432,
            false,
            "failed",
            1 + random.nextInt(9),
            9000,
            90_000));
  }

  /// The false alarms that every sensor has: rare, and not severe.
  private void noise() {
    Company.Host host = anyone();
    Company.Site site = somewhere();
    if (!numbered && random.nextInt(3) == 0) {
      put(
          lines.snort(
              at,
              1_000_000 + random.nextInt(5),
              "INFO web bug 1x1 gif attempt",
              company.visitors[random.nextInt(company.visitors.length)],
              30000 + random.nextInt(30000),
              Company.WEB,
              80));
      return;
    }
    int which = random.nextInt(NOISE.length);
    String[] signature = NOISE[which];
    put(
        lines.eveAlert(
            at,
            flow(),
            host.ip(),
            port(),
            site.ip(),
            443,
            2_027_390 + which,
            signature[0],
            signature[1],
            Integer.parseInt(signature[2]),
            "tls"));
  }

  static String hex(SplittableRandom random, int digits) {
    StringBuilder b = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      b.append(Character.forDigit(random.nextInt(16), 16));
    }
    return b.toString();
  }
}
