package metron.stellar.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as a tree. Parentheses leave no trace but the shape.
public sealed interface Expr {
  /// Where it stands in the source.
  Span span();

  /// A number, text, boolean or null.
  record Literal(@Nullable Object value, Span span) implements Expr {}

  /// A field of the record that the program runs on.
  record Variable(String name, Span span) implements Expr {}

  /// A variable of a lambda around it.
  ///
  /// @param id the same number for the same variable, different from all others of the program
  record Local(String name, int id, Span span) implements Expr {}

  /// `[a, b]`
  record ListOf(List<Expr> items, Span span) implements Expr {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  /// `{ a : b }`
  record MapOf(List<Entry> entries, Span span) implements Expr {
    /// One key and its value.
    public record Entry(Expr key, Expr value) {}

    public MapOf {
      entries = List.copyOf(entries);
    }
  }

  /// `-a`, where a is no literal.
  record Negate(Expr operand, Span span) implements Expr {}

  /// `not(a)` and `!a`
  record Not(Expr operand, Span span) implements Expr {}

  /// `a + b`
  ///
  /// @param at where the operator stands
  record Arithmetic(Arithmetic.Operator operator, Expr left, Expr right, Span at) implements Expr {
    /// The four.
    public enum Operator {
      ADD("+"),
      SUBTRACT("-"),
      MULTIPLY("*"),
      DIVIDE("/");

      private final String text;

      Operator(String text) {
        this.text = text;
      }

      public String text() {
        return text;
      }
    }

    @Override
    public Span span() {
      return left.span().to(right.span());
    }
  }

  /// `a == b`, `a < b`
  ///
  /// @param at where the operator stands
  record Compare(Compare.Operator operator, Expr left, Expr right, Span at) implements Expr {
    /// The six.
    public enum Operator {
      EQUAL("=="),
      NOT_EQUAL("!="),
      LESS("<"),
      LESS_OR_EQUAL("<="),
      GREATER(">"),
      GREATER_OR_EQUAL(">=");

      private final String text;

      Operator(String text) {
        this.text = text;
      }

      public String text() {
        return text;
      }
    }

    @Override
    public Span span() {
      return left.span().to(right.span());
    }
  }

  /// `a and b and c`, or the same with `or`: one node for a chain, so that a rule of a thousand
  /// alternatives is not a thousand levels deep.
  ///
  /// @param and false for `or`
  /// @param operands two or more
  record Logic(boolean and, List<Expr> operands) implements Expr {
    public Logic {
      operands = List.copyOf(operands);
    }

    @Override
    public Span span() {
      return operands.getFirst().span().to(operands.getLast().span());
    }
  }

  /// `a in b`, `a not in b`
  record In(boolean negated, Expr needle, Expr haystack) implements Expr {
    @Override
    public Span span() {
      return needle.span().to(haystack.span());
    }
  }

  /// `exists(a)`
  ///
  /// @param variable a [Variable] or a [Local]
  record Exists(Expr variable, Span span) implements Expr {}

  /// `if a then b else c` and `a ? b : c`
  record If(Expr condition, Expr then, Expr otherwise, Span span) implements Expr {}

  /// `match { a => b, default => c }`
  record Match(List<Case> cases, Expr otherwise, Span span) implements Expr {
    /// One condition and what it leads to.
    public record Case(Expr condition, Expr action) {}

    public Match {
      cases = List.copyOf(cases);
    }
  }

  /// `(a, b) -> c`
  record Lambda(List<Local> variables, Expr body, Span span) implements Expr {
    public Lambda {
      variables = List.copyOf(variables);
    }
  }

  /// `F(a, b)`
  ///
  /// @param nameSpan where the name stands
  record Call(String name, List<Expr> arguments, Span nameSpan, Span span) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// The parts that are evaluated when this one is, in the order of the source.
  default List<Expr> children() {
    return switch (this) {
      case Literal _, Variable _, Local _ -> List.of();
      case ListOf l -> l.items();
      case MapOf m ->
          m.entries().stream().flatMap(e -> List.of(e.key(), e.value()).stream()).toList();
      case Negate n -> List.of(n.operand());
      case Not n -> List.of(n.operand());
      case Arithmetic a -> List.of(a.left(), a.right());
      case Compare c -> List.of(c.left(), c.right());
      case Logic l -> l.operands();
      case In i -> List.of(i.needle(), i.haystack());
      case Exists e -> List.of(e.variable());
      case If i -> List.of(i.condition(), i.then(), i.otherwise());
      case Match m -> {
        List<Expr> all = new java.util.ArrayList<>();
        for (Match.Case c : m.cases()) {
          all.add(c.condition());
          all.add(c.action());
        }
        all.add(m.otherwise());
        yield all;
      }
      case Lambda l -> List.of(l.body());
      case Call c -> c.arguments();
    };
  }
}
