package metron.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// Who and what there is: about forty hosts behind one firewall, a proxy, a mail and a web server, and the outside parties
/// they deal with. Names are invented; outside addresses of the story are documentation blocks (RFC 5737), while a few
/// harmless ones are public resolvers, root servers and content networks, so that a map of countries is not empty.
final class Company {
  /// @param ip IPv4 bits
  /// @param mac as ISC dhcpd writes it
  record Host(String name, int ip, String mac, String user) {}

  /// @param ip IPv4 bits
  record Site(String name, int ip, String mime, String path) {}

  static final String DOMAIN = "corp.example";
  static final int DNS = ip(10, 10, 20, 10);
  static final int FILES = ip(10, 10, 20, 11);
  static final int MAIL = ip(10, 10, 20, 25);
  static final int PROXY = ip(10, 10, 20, 31);
  static final int DATABASE = ip(10, 10, 20, 40);
  static final int APP = ip(10, 10, 20, 41);
  static final int WEB = ip(10, 10, 30, 80);
  static final int WEB_PUBLIC = ip(198, 51, 100, 80);
  static final int MAIL_PUBLIC = ip(198, 51, 100, 25);
  static final int NAT = ip(198, 51, 100, 1);
  static final int FIREWALL = ip(10, 10, 20, 1);

  static final int[] RESOLVERS = {ip(8, 8, 8, 8), ip(1, 1, 1, 1), ip(9, 9, 9, 9)};

  private static final String[] FIRST = {
    "alice", "bruno", "carla", "dmitri", "elena", "farid", "greta", "hugo", "ines", "jonas",
    "keiko", "lars", "mona", "nils", "olga", "pedro", "quinn", "rosa", "sven", "tara", "ugo",
    "vera", "wim", "xenia", "yara", "zeno", "anton", "beate", "cyril", "doris"
  };
  private static final String[] LAST = {
    "meyer", "rossi", "novak", "silva", "jensen", "moreau", "kowalski", "tanaka", "okafor", "haas"
  };

  final List<Host> workstations = new ArrayList<>();
  final List<Site> sites = new ArrayList<>();
  final int[] visitors = {
    ip(192, 0, 2, 14), ip(192, 0, 2, 77), ip(192, 0, 2, 131), ip(192, 0, 2, 201),
        ip(198, 51, 100, 214),
    ip(193, 0, 6, 139), ip(130, 59, 31, 3), ip(203, 178, 141, 194), ip(200, 160, 2, 3),
        ip(196, 216, 2, 6)
  };
  final int[] scanners = {
    ip(203, 0, 113, 201), ip(203, 0, 113, 214), ip(192, 0, 2, 250), ip(203, 0, 113, 222)
  };

  Company(SplittableRandom random) {
    for (int i = 0; i < 30; i++) {
      workstations.add(
          new Host(
              String.format(Locale.ROOT, "ws-%02d", i + 1),
              ip(10, 10, i < 16 ? 1 : 2, 21 + i),
              String.format(
                  Locale.ROOT,
                  "02:42:ac:%02x:%02x:%02x",
                  random.nextInt(256),
                  random.nextInt(256),
                  i),
              FIRST[i] + "." + LAST[random.nextInt(LAST.length)]));
    }
    int[][] anycast = {
      {104, 16, 132, 229},
      {151, 101, 1, 69},
      {142, 250, 74, 36},
      {13, 107, 42, 14},
      {185, 125, 190, 21},
      {193, 0, 14, 129},
      {192, 36, 148, 17},
      {202, 12, 27, 33},
      {84, 200, 69, 80},
      {223, 5, 5, 5}
    };
    String[] names = {
      "www.dailynews",
      "cdn.dailynews",
      "mail.cloudoffice",
      "login.cloudoffice",
      "files.cloudoffice",
      "updates.osvendor",
      "telemetry.osvendor",
      "www.weatherly",
      "api.weatherly",
      "shop.bücher",
      "www.travelbee",
      "img.travelbee",
      "video.streamly",
      "static.streamly",
      "www.bankhaus",
      "api.paywell",
      "crm.salesboat",
      "git.codeforge",
      "packages.codeforge",
      "docs.codeforge",
      "ads.trackless",
      "pixel.trackless",
      "www.encyclo",
      "maps.wayfind",
      "tiles.wayfind",
      "ocsp.trustroot",
      "crl.trustroot",
      "ntp.timekeep",
      "chat.teamtalk",
      "meet.teamtalk",
      "cdn.teamtalk",
      "www.cityhall",
      "forms.taxoffice",
      "www.railplan",
      "api.parcelgo"
    };
    String[] mimes = {
      "text/html",
      "application/json",
      "image/png",
      "application/javascript",
      "text/css",
      "image/jpeg",
      "font/woff2"
    };
    String[] paths = {
      "/",
      "/index.html",
      "/api/v2/items",
      "/assets/app.js",
      "/img/teaser.jpg",
      "/search",
      "/feed.xml",
      "/static/main.css",
      "/account",
      "/v1/status"
    };
    for (int i = 0; i < names.length; i++) {
      int[] a = anycast[i % anycast.length];
      int address = i % 3 == 2 ? ip(192, 0, 2, 20 + i) : ip(a[0], a[1], a[2], a[3]);
      sites.add(
          new Site(
              names[i].replace("bücher", "xn--bcher-kva") + ".example",
              address,
              mimes[i % mimes.length],
              paths[i % paths.length]));
    }
  }

  static int ip(int a, int b, int c, int d) {
    return a << 24 | b << 16 | c << 8 | d;
  }
}
