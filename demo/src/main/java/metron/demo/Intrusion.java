package metron.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// One intrusion, from the mail to the theft, as the sensors see it. Times are of a real one of 25 minutes and are shrunk by
/// the pace; every five-tuple is the same at each sensor that sees it, so Community IDs join them.
///
/// | phase | seen by |
/// |---|---|
/// | a mail with a link | mail server, Zeek, ASA |
/// | the click and the download | Squid, Zeek (dns, http, files), Suricata (dns, http, fileinfo, alert) |
/// | beacons every minute, past the proxy | Zeek (dns, conn, ssl), Suricata (tls, alert), ASA, endpoint agent |
/// | a search for the next host: port scan, guessed passwords, then a logon | Zeek (conn, notice), Snort, sshd |
/// | lateral movement by SMB and RDP, collection from the file server | Zeek, endpoint agent |
/// | 1.7 GB go out | Zeek, Suricata (flow, alert), ASA |
final class Intrusion {
  /// @param at nanoseconds from the start
  record Step(long at, int order, Play play) implements Comparable<Step> {
    void write(Output out, long now) {
      play.write(out, now);
    }

    @Override
    public int compareTo(Step other) {
      int c = Long.compare(at, other.at);
      return c != 0 ? c : Integer.compare(order, other.order);
    }
  }

  interface Play {
    void write(Output out, long now);
  }

  static final String PHISH_DOMAIN = "invoice-share.example";
  static final String PHISH_URI = "/d/Invoice_2291.zip";
  static final int PHISH_IP = Company.ip(203, 0, 113, 45);
  static final String C2_DOMAIN = "cdn-telemetry.example";
  static final int C2_IP = Company.ip(203, 0, 113, 66);
  static final int DROP_IP = Company.ip(203, 0, 113, 120);
  static final String DROP_DOMAIN = "sync.filedepot.example";
  static final String MD5 = "9f3c1d5e7a8b4c2d6e0f1a2b3c4d5e6f";
  static final String SHA1 = "3b7e0c9a4d2f1865b0c7d9e8f6a5b4c3d2e1f0a9";
  static final String SHA256 = "5e2c9b7a1f4d8036e7b5a9c2d1f0e8b7a6c5d4e3f2019b8a7c6d5e4f3a2b1c0d";
  static final String C2_JA3 = "72a589da586844d7f0818ce684948eea";
  private static final String AGENT =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36";

  private final List<Step> steps = new ArrayList<>();
  private final SplittableRandom random;
  private final long start;
  private final double pace;

  private Intrusion(SplittableRandom random, long start, double pace) {
    this.random = random;
    this.start = start;
    this.pace = pace;
  }

  /// @param count intrusions before this one; each has another victim
  /// @param start nanoseconds from the start of the scenario
  static List<Step> plan(
      Company company, SplittableRandom random, int count, long start, double pace) {
    Intrusion plan = new Intrusion(random, start, pace);
    plan.fill(company, company.workstations.get((16 + count * 7) % company.workstations.size()));
    return plan.steps;
  }

  private void at(double seconds, Play play) {
    steps.add(new Step(start + (long) (seconds * pace * 1e9), steps.size(), play));
  }

  private int port() {
    return 49152 + random.nextInt(16384);
  }

  private long flow() {
    return random.nextLong() >>> 12;
  }

  private void fill(Company company, Company.Host victim) {
    phish(victim);
    download(victim);
    beacons(victim);
    spread(victim, company);
    steal(victim);
  }

  private void phish(Company.Host victim) {
    int port = port();
    String queue =
        Long.toHexString(0x10_0000_0000L | random.nextInt(Integer.MAX_VALUE))
            .toUpperCase(Locale.ROOT);
    at(
        0,
        (o, t) ->
            o.add(
                o.lines.asaBuilt(
                    t,
                    990_000_001,
                    true,
                    PHISH_IP,
                    port,
                    Company.MAIL,
                    25,
                    Company.MAIL_PUBLIC,
                    25)));
    at(
        0.4,
        (o, t) ->
            o.add(
                o.lines.conn(
                    t,
                    o.lines.uid(),
                    PHISH_IP,
                    port,
                    Company.MAIL,
                    25,
                    false,
                    "smtp",
                    1_204_113,
                    48_211,
                    812,
                    "SF",
                    "ShAdDafF")));
    at(
        0.8,
        (o, t) ->
            o.add(
                o.lines
                    .syslog(t, 22, "mail01", "postfix/smtpd", 11801)
                    .s(queue)
                    .s(": client=mx.")
                    .s(PHISH_DOMAIN)
                    .s("[")
                    .ip(PHISH_IP)
                    .s("]")
                    .end()));
    at(
        1,
        (o, t) ->
            o.add(
                o.lines
                    .syslog(t, 22, "mail01", "postfix/qmgr", 900)
                    .s(queue)
                    .s(": from=<billing@")
                    .s(PHISH_DOMAIN)
                    .s(">, size=48211, nrcpt=1 (queue active)")
                    .end()));
    at(
        1.4,
        (o, t) ->
            o.add(
                o.lines
                    .syslog(t, 22, "mail01", "postfix/lmtp", 11804)
                    .s(queue)
                    .s(": to=<")
                    .s(victim.user())
                    .s(
                        "@corp.example>, relay=mail01[private/dovecot-lmtp], delay=0.41, delays=0.2/0/0/0.2, dsn=2.0.0, status=sent (250 2.0.0 Saved)")
                    .end()));
    at(
        2,
        (o, t) ->
            o.add(
                o.lines.asaTeardown(t, 990_000_001, PHISH_IP, port, Company.MAIL, 25, 2, 49_023)));
  }

  private void download(Company.Host victim) {
    int outer = port();
    long flow = flow();
    String[] uid = {""};
    at(
        60,
        (o, t) ->
            o.add(
                o.lines.dns(
                    t, o.lines.uid(), victim.ip(), port(), Company.DNS, PHISH_DOMAIN, PHISH_IP)));
    at(
        60.2,
        (o, t) ->
            o.add(
                o.lines.eveDns(
                    t, flow(), Company.DNS, port(), Company.RESOLVERS[0], PHISH_DOMAIN, PHISH_IP)));
    at(
        60.5,
        (o, t) ->
            o.add(
                o.lines.asaBuilt(
                    t,
                    990_000_002,
                    false,
                    PHISH_IP,
                    80,
                    Company.PROXY,
                    outer,
                    Company.NAT,
                    outer)));
    at(
        61,
        (o, t) -> {
          uid[0] = o.lines.uid();
          o.add(
              o.lines.http(
                  t,
                  uid[0],
                  Company.PROXY,
                  outer,
                  PHISH_IP,
                  "GET",
                  PHISH_DOMAIN,
                  PHISH_URI,
                  AGENT,
                  200,
                  418_304,
                  "application/zip",
                  "F" + uid[0].substring(1)));
        });
    at(
        61.1,
        (o, t) ->
            o.add(
                o.lines.eveHttp(
                    t,
                    flow,
                    Company.PROXY,
                    outer,
                    PHISH_IP,
                    "GET",
                    PHISH_DOMAIN,
                    PHISH_URI,
                    AGENT,
                    200,
                    418_304,
                    "application/zip")));
    at(
        61.2,
        (o, t) ->
            o.add(
                o.lines.eveAlert(
                    t,
                    flow,
                    Company.PROXY,
                    outer,
                    PHISH_IP,
                    80,
                    2_036_220,
                    "ET HUNTING Archive Download from Newly Registered Domain",
                    "Potentially Bad Traffic",
                    2,
                    "http")));
    at(
        61.5,
        (o, t) ->
            o.add(
                o.lines.squid(
                    t,
                    victim.ip(),
                    "TCP_MISS",
                    200,
                    812,
                    418_704,
                    "GET",
                    "http://" + PHISH_DOMAIN + PHISH_URI,
                    victim.user(),
                    "HIER_DIRECT",
                    PHISH_IP,
                    "application/zip")));
    at(
        61.7,
        (o, t) ->
            o.add(
                o.lines.file(
                    t,
                    uid[0],
                    "F" + uid[0].substring(1),
                    Company.PROXY,
                    outer,
                    PHISH_IP,
                    "application/zip",
                    "Invoice_2291.zip",
                    418_304,
                    MD5,
                    SHA1,
                    SHA256)));
    at(
        61.8,
        (o, t) ->
            o.add(
                o.lines.eveFile(
                    t,
                    flow,
                    PHISH_IP,
                    80,
                    Company.PROXY,
                    outer,
                    PHISH_DOMAIN,
                    PHISH_URI,
                    PHISH_URI,
                    "Zip archive data, at least v2.0 to extract",
                    418_304,
                    MD5,
                    SHA256)));
    at(
        62,
        (o, t) ->
            o.add(
                o.lines.conn(
                    t,
                    uid[0],
                    Company.PROXY,
                    outer,
                    PHISH_IP,
                    80,
                    false,
                    "http",
                    941_220,
                    730,
                    418_700,
                    "SF",
                    "ShADadFf")));
    at(
        63,
        (o, t) ->
            o.add(
                o.lines.asaTeardown(
                    t, 990_000_002, PHISH_IP, 80, Company.PROXY, outer, 2, 419_430)));
    at(
        100,
        (o, t) ->
            o.add(
                o.lines.cef(
                    t,
                    "4102",
                    "Script interpreter started by archive viewer",
                    6,
                    victim,
                    0,
                    0,
                    "detected",
                    "wscript.exe started from Invoice_2291.zip")));
  }

  private void beacons(Company.Host victim) {
    at(
        118,
        (o, t) ->
            o.add(
                o.lines.dns(t, o.lines.uid(), victim.ip(), port(), Company.DNS, C2_DOMAIN, C2_IP)));
    for (int i = 0; i < 22; i++) {
      double when = 120 + i * 60 + random.nextDouble() * 6;
      int port = port();
      long flow = flow();
      long id = 990_000_100L + i;
      long sent = 380L + random.nextInt(40);
      boolean first = i % 7 == 0;
      String[] uid = {""};
      at(
          when,
          (o, t) ->
              o.add(
                  o.lines.asaBuilt(
                      t, id, false, C2_IP, 443, victim.ip(), port, Company.NAT, port)));
      at(
          when + 0.2,
          (o, t) -> {
            uid[0] = o.lines.uid();
            o.add(
                o.lines.ssl(
                    t,
                    uid[0],
                    victim.ip(),
                    port,
                    C2_IP,
                    443,
                    C2_DOMAIN,
                    "CN=" + C2_DOMAIN,
                    C2_JA3));
          });
      at(
          when + 0.3,
          (o, t) ->
              o.add(o.lines.eveTls(t, flow, victim.ip(), port, C2_IP, 443, C2_DOMAIN, C2_JA3)));
      if (first) {
        at(
            when + 0.4,
            (o, t) ->
                o.add(
                    o.lines.eveAlert(
                        t,
                        flow,
                        victim.ip(),
                        port,
                        C2_IP,
                        443,
                        2_041_107,
                        "ET MALWARE Observed CnC Domain in TLS SNI (cdn-telemetry .example)",
                        "Malware Command and Control Activity Detected",
                        1,
                        "tls")));
      }
      at(
          when + 1.4,
          (o, t) ->
              o.add(
                  o.lines.conn(
                      t,
                      uid[0],
                      victim.ip(),
                      port,
                      C2_IP,
                      443,
                      false,
                      "ssl",
                      1_204_000,
                      sent,
                      912,
                      "SF",
                      "ShADadFf")));
      at(
          when + 1.6,
          (o, t) ->
              o.add(o.lines.asaTeardown(t, id, C2_IP, 443, victim.ip(), port, 1, sent + 912)));
    }
    at(
        182,
        (o, t) ->
            o.add(
                o.lines.cef(
                    t,
                    "4300",
                    "Unusual process opened a network connection",
                    5,
                    victim,
                    C2_IP,
                    443,
                    "detected",
                    "rundll32.exe connected past the proxy")));
  }

  private void spread(Company.Host victim, Company company) {
    for (int i = 0; i < 24; i++) {
      int target = Company.ip(10, 10, 20, 10 + i);
      int port = port();
      at(
          420 + i * 0.5,
          (o, t) ->
              o.add(
                  o.lines.conn(
                      t,
                      o.lines.uid(),
                      victim.ip(),
                      port,
                      target,
                      445,
                      false,
                      "",
                      1_000,
                      0,
                      0,
                      "REJ",
                      "Sr")));
    }
    at(
        433,
        (o, t) ->
            o.add(
                o.lines.notice(
                    t,
                    o.lines.uid(),
                    victim.ip(),
                    port(),
                    Company.FILES,
                    445,
                    "Scan::Address_Scan",
                    ip(victim.ip())
                        + " scanned at least 24 unique hosts on port 445/tcp in 0m12s")));
    at(
        434,
        (o, t) ->
            o.add(
                o.lines.snort(
                    t,
                    2_002_910,
                    "ET SCAN Behavioral Unusual Port 445 traffic Potential Scan or Infection",
                    victim.ip(),
                    port(),
                    Company.FILES,
                    445)));
    String[] names = {"root", "admin", "oracle", "backup", "svc-deploy"};
    for (int i = 0; i < 30; i++) {
      String name = names[i % names.length];
      int port = port();
      int pid = 31_000 + i;
      at(
          480 + i * 2,
          (o, t) ->
              o.add(
                  o.lines
                      .syslog(t, 86, "app01", "sshd", pid)
                      .s("Failed password for ")
                      .s(name.equals("svc-deploy") || name.equals("root") ? "" : "invalid user ")
                      .s(name)
                      .s(" from ")
                      .ip(victim.ip())
                      .s(" port ")
                      .n(port)
                      .s(" ssh2")
                      .end()));
    }
    at(
        541,
        (o, t) ->
            o.add(
                o.lines.notice(
                    t,
                    o.lines.uid(),
                    victim.ip(),
                    port(),
                    Company.APP,
                    22,
                    "SSH::Password_Guessing",
                    ip(victim.ip())
                        + " appears to be guessing SSH passwords (seen in 30 connections).")));
    int shell = port();
    at(
        560,
        (o, t) ->
            o.add(
                o.lines
                    .syslog(t, 86, "app01", "sshd", 31_044)
                    .s("Accepted password for svc-deploy from ")
                    .ip(victim.ip())
                    .s(" port ")
                    .n(shell)
                    .s(" ssh2")
                    .end()));
    at(
        561,
        (o, t) ->
            o.add(
                o.lines
                    .syslog(t, 86, "app01", "sshd", 31_044)
                    .s(
                        "pam_unix(sshd:session): session opened for user svc-deploy(uid=998) by (uid=0)")
                    .end()));
    at(
        563,
        (o, t) ->
            o.add(
                o.lines.conn(
                    t,
                    o.lines.uid(),
                    victim.ip(),
                    shell,
                    Company.APP,
                    22,
                    false,
                    "ssh",
                    290_411_000,
                    18_244,
                    66_120,
                    "SF",
                    "ShAdDaFf")));
    Company.Host second = company.workstations.get(2);
    at(
        640,
        (o, t) ->
            o.add(
                o.lines.conn(
                    t,
                    o.lines.uid(),
                    victim.ip(),
                    port(),
                    second.ip(),
                    3389,
                    false,
                    "rdp",
                    611_000_000,
                    1_204_551,
                    9_220_418,
                    "SF",
                    "ShADadFf")));
    at(
        645,
        (o, t) ->
            o.add(
                o.lines.cef(
                    t,
                    "4410",
                    "Remote logon with an administrator account",
                    7,
                    second,
                    victim.ip(),
                    3389,
                    "detected",
                    "First RDP logon from " + victim.name())));
    at(
        700,
        (o, t) ->
            o.add(
                o.lines.conn(
                    t,
                    o.lines.uid(),
                    victim.ip(),
                    port(),
                    Company.FILES,
                    445,
                    false,
                    "gssapi,smb",
                    412_000_000,
                    911_204,
                    1_744_830_464L,
                    "SF",
                    "ShADadFf")));
  }

  private void steal(Company.Host victim) {
    int port = port();
    long flow = flow();
    long bytes = 1_701_330_944L;
    String[] uid = {""};
    at(
        1140,
        (o, t) ->
            o.add(
                o.lines.dns(
                    t, o.lines.uid(), victim.ip(), port(), Company.DNS, DROP_DOMAIN, DROP_IP)));
    at(
        1141,
        (o, t) ->
            o.add(
                o.lines.asaBuilt(
                    t, 990_000_400, false, DROP_IP, 443, victim.ip(), port, Company.NAT, port)));
    at(
        1141.4,
        (o, t) -> {
          uid[0] = o.lines.uid();
          o.add(
              o.lines.ssl(
                  t,
                  uid[0],
                  victim.ip(),
                  port,
                  DROP_IP,
                  443,
                  DROP_DOMAIN,
                  "CN=R11,O=Example Trust,C=US",
                  C2_JA3));
        });
    at(
        1141.6,
        (o, t) ->
            o.add(o.lines.eveTls(t, flow, victim.ip(), port, DROP_IP, 443, DROP_DOMAIN, C2_JA3)));
    at(
        1410,
        (o, t) ->
            o.add(
                o.lines.eveAlert(
                    t,
                    flow,
                    victim.ip(),
                    port,
                    DROP_IP,
                    443,
                    2_844_900,
                    "ETPRO POLICY Large Outbound Transfer to File Sharing Service",
                    "Potential Corporate Privacy Violation",
                    1,
                    "tls")));
    at(
        1420,
        (o, t) ->
            o.add(
                o.lines.conn(
                    t,
                    uid[0],
                    victim.ip(),
                    port,
                    DROP_IP,
                    443,
                    false,
                    "ssl",
                    278_410_221,
                    bytes,
                    2_118_400,
                    "SF",
                    "ShADadFf")));
    at(
        1420.5,
        (o, t) ->
            o.add(
                o.lines.eveFlow(
                    t,
                    flow,
                    victim.ip(),
                    port,
                    DROP_IP,
                    443,
                    false,
                    "tls",
                    278,
                    bytes + 61_000_000,
                    2_300_000)));
    at(
        1421,
        (o, t) ->
            o.add(
                o.lines.asaTeardown(
                    t, 990_000_400, DROP_IP, 443, victim.ip(), port, 278, bytes + 2_118_400)));
    at(
        1425,
        (o, t) ->
            o.add(
                o.lines.cef(
                    t,
                    "4700",
                    "Large upload by a single process",
                    9,
                    victim,
                    DROP_IP,
                    443,
                    "detected",
                    "1.7 GB sent to " + DROP_DOMAIN)));
  }

  /// What the demo feed lists: one indicator of each kind, and some that nobody meets.
  static String feed() {
    return """
        # Demo indicators: the invented intruder of the demo scenario. Documentation addresses and names only.
        value,type,confidence,source,description,valid_until,tlp,tags,reference
        %s,domain,85,demo-feed,phishing site,,GREEN,phishing,https://intel.example/campaigns/paper-heron
        http://%s%s,url,90,demo-feed,malware download,,GREEN,"phishing,loader",https://intel.example/campaigns/paper-heron
        %s,hash,95,demo-feed,PaperHeron loader,,GREEN,loader,https://intel.example/malware/paperheron
        %s,ip,90,demo-feed,C2 server,,AMBER,"c2,paperheron",https://intel.example/malware/paperheron
        %s,domain,92,demo-feed,C2 server,,AMBER,"c2,paperheron",https://intel.example/malware/paperheron
        %s,hash,60,demo-feed,TLS fingerprint of the PaperHeron implant,,AMBER,c2,https://intel.example/malware/paperheron
        203.0.113.112/28,cidr,70,demo-feed,hosting range used for data theft,,AMBER,exfiltration,https://intel.example/campaigns/paper-heron
        billing@%s,email,80,demo-feed,phishing sender,,GREEN,phishing,https://intel.example/campaigns/paper-heron
        203.0.113.222,ip,35,demo-feed,mass scanner,,CLEAR,scanner,
        203.0.113.250,ip,75,demo-feed,botnet node,,CLEAR,bot,
        drop-zone.example,domain,80,demo-feed,malware distribution,,CLEAR,malware,
        """
        .formatted(
            PHISH_DOMAIN,
            PHISH_DOMAIN,
            PHISH_URI,
            SHA256,
            ip(C2_IP),
            C2_DOMAIN,
            C2_JA3,
            PHISH_DOMAIN);
  }

  private static String ip(int v) {
    return (v >>> 24) + "." + (v >>> 16 & 255) + "." + (v >>> 8 & 255) + "." + (v & 255);
  }
}
