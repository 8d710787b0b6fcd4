package metron.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import metron.stellar.Stellar;
import metron.stellar.program.Variables;
import metron.stellar.syntax.Dialect;

/// Sends broken expressions through Stellar's parser and checker, which may refuse them but nothing else.
///
/// Run: `bin/metron fuzz --sensor stellar [--inputs N] [--seed S]`.
public final class HostileExpressions {
  private static final int MAX_LENGTH = 16 * 1024;

  private static final List<String> SAMPLES =
      List.of(
          "1 + 2 * x - y / 3",
          "ip_src_addr == '10.0.0.1' and ip_dst_port in [80, 443, 8080]",
          "IN_SUBNET(ip_dst_addr, '192.168.0.0/16', '10.0.0.0/8')",
          "TO_UPPER(TRIM(SUBSTRING(url, 0, 8)))",
          "if exists(domain) and LENGTH(domain) > 20 then 'long' else \"short\"",
          "REDUCE(MAP([1,2,3,4,5], (x) -> x * x), (a, b) -> a + b, 0)",
          "match{ x < 10 => 'small', x < 100 => () -> 'middle', default => 'other' }",
          "{ 'a' : [1, 2L, 3.5f, .5e3], 'b' : not(true) || !exists(threat:triage:score) }",
          "a ? b : c ? d : e // and a comment\n",
          "REGEXP_MATCH(s, '(a|b)+\\d\\u0041') not in [null, NaN, -1]");

  private HostileExpressions() {}

  public static HostileInputs.Result run(long inputs, long seed) {
    List<byte[]> samples = SAMPLES.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    var mutator = new Mutator(samples, new SplittableRandom(seed), MAX_LENGTH);
    var variables = Variables.ofMap(Variables.Missing.NULL);
    List<String> failures = new ArrayList<>();
    long read = 0;
    long slowest = 0;
    for (long n = 0; n < inputs; n++) {
      String source = new String(mutator.next(), StandardCharsets.UTF_8);
      Stellar stellar = Stellar.standard().in((n & 1) == 0 ? Dialect.STANDARD : Dialect.METRON);
      try {
        long start = System.nanoTime();
        boolean fine = stellar.check(source, variables).isEmpty();
        long took = System.nanoTime() - start;
        read += fine ? 1 : 0;
        if (took > HostileInputs.LIMIT_NANOS) {
          start = System.nanoTime();
          var _ = stellar.check(source, variables);
          took = Math.min(took, System.nanoTime() - start);
          if (took > HostileInputs.LIMIT_NANOS) {
            HostileInputs.fail(
                failures,
                n,
                "took " + took / 1_000_000 + " ms",
                source.getBytes(StandardCharsets.UTF_8));
          }
        }
        slowest = Math.max(slowest, took);
      } catch (RuntimeException | StackOverflowError e) {
        // The very thing looked for: it is reported with the expression that made it.
        HostileInputs.fail(failures, n, e.toString(), source.getBytes(StandardCharsets.UTF_8));
      }
    }
    return new HostileInputs.Result("stellar", inputs, read, slowest, failures);
  }
}
