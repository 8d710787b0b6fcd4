package metron.parsers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import metron.event.Field;
import metron.parsers.grok.Grok;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// A fork in a format chain: the first branch whose condition holds is taken, and none else is tried.
///
/// ```yaml
/// - choose:
///     - {starts: "{", format: [json]}
///     - {contains: "CEF:", format: [cef]}
///     - {field: process.name, is: [sshd, sudo], format: [{dissect: …}]}
///     - {matches: '^\d+,', format: [csv]}        # an expression that is found in the beginning
///     - {format: [keyvalue]}                    # otherwise
/// ```
///
/// Without a branch that holds the message is refused, unless a link before has begun an event: then it stays as it is.
final class ChooseFormat implements Format {
  /// `contains` looks no further, so that a long line costs no more than a short one.
  private static final int LOOKED_AT = 4_096;

  private static final int MATCHED = 512;

  /// @param starts what the payload begins with, or empty
  /// @param contains what stands in it, or empty
  /// @param matches null if no expression is given
  /// @param field null if no field is asked for
  record Branch(
      String starts,
      String contains,
      @Nullable Grok matches,
      @Nullable Field field,
      List<String> is,
      List<FormatPlan> plans) {
    Branch {
      is = List.copyOf(is);
      plans = List.copyOf(plans);
    }
  }

  private record Opened(Branch branch, byte[] starts, byte[] contains, Format[] chain) {}

  private final List<Opened> branches = new ArrayList<>();

  ChooseFormat(metron.parsers.mapping.Mappings mappings, List<Branch> all) {
    for (Branch branch : all) {
      branches.add(
          new Opened(
              branch,
              branch.starts().getBytes(StandardCharsets.UTF_8),
              branch.contains().getBytes(StandardCharsets.UTF_8),
              branch.plans().stream().map(plan -> plan.open(mappings)).toArray(Format[]::new)));
    }
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int from = Bytes.skipBlanks(b, d.from(), d.to());
    for (Opened o : branches) {
      if (holds(d, b, from, o)) {
        for (Format format : o.chain()) {
          if (!format.read(d)) {
            return false;
          }
        }
        return true;
      }
    }
    return d.started()
        || d.reject(
            "no branch of the format fits \"" + Bytes.excerpt(b, from, d.to()) + "\"", from);
  }

  private static boolean holds(Draft d, byte[] b, int from, Opened o) {
    Field field = o.branch().field();
    if (field != null) {
      String value = d.started() ? d.event().string(field) : null;
      return value != null && o.branch().is().contains(value);
    }
    Grok matches = o.branch().matches();
    if (matches != null) {
      try {
        return matches.match(Bytes.text(b, from, Math.min(d.to(), from + MATCHED))) != null;
      } catch (Grok.OverBudget _) {
        return false;
      }
    }
    if (o.contains().length > 0) {
      return Bytes.indexOf(b, from, Math.min(d.to(), from + LOOKED_AT), o.contains()) >= 0;
    }
    return Bytes.startsWith(b, from, d.to(), o.starts());
  }
}
