package metron.stellar.program;

import java.util.HashMap;
import java.util.Map;
import metron.stellar.syntax.Expr;

/// Writes a tree so that two trees have the same text when they mean the same wherever they stand:
/// without places, with the types of literals, and with the variables of lambdas numbered anew.
final class Shape {
  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Integer> locals = new HashMap<>();

  private Shape() {}

  static String of(Expr expr) {
    Shape shape = new Shape();
    shape.write(expr);
    return shape.text.toString();
  }

  private void write(Expr expr) {
    text.append('(');
    switch (expr) {
      case Expr.Literal l -> {
        Object value = l.value();
        String written = String.valueOf(value);
        text.append(value == null ? "null" : value.getClass().getSimpleName());
        text.append(' ').append(written.length()).append(' ').append(written);
      }
      case Expr.Variable v -> text.append("variable ").append(v.name());
      case Expr.Local l -> text.append("local ").append(local(l));
      case Expr.ListOf _ -> text.append("list");
      case Expr.MapOf _ -> text.append("map");
      case Expr.Negate _ -> text.append("negate");
      case Expr.Not _ -> text.append("not");
      case Expr.Arithmetic a -> text.append(a.operator().text());
      case Expr.Compare c -> text.append(c.operator().text());
      case Expr.Logic l -> text.append(l.and() ? "and" : "or");
      case Expr.In i -> text.append(i.negated() ? "not in" : "in");
      case Expr.Exists _ -> text.append("exists");
      case Expr.If _ -> text.append("if");
      case Expr.Match _ -> text.append("match");
      case Expr.Lambda l -> {
        text.append("lambda");
        l.variables().forEach(v -> text.append(' ').append(local(v)));
      }
      case Expr.Call c -> text.append("call ").append(c.name());
    }
    for (Expr child : expr.children()) {
      write(child);
    }
    text.append(')');
  }

  private int local(Expr.Local local) {
    return locals.computeIfAbsent(local.id(), _ -> locals.size());
  }
}
