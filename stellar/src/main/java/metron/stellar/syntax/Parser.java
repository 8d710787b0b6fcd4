package metron.stellar.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads one expression by recursive descent. The grammar, loosest first:
///
/// ```text
/// expression  = "if" expression "then" expression "else" expression
///             | or [ "?" expression ":" expression ]
/// or          = and { "or" and }                 Metron's dialect: membership ("and" | "or") or
/// and         = membership { "and" membership }
/// membership  = sum ( "in" | "not" "in" ) membership | comparison
/// comparison  = sum { ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum }
/// sum         = product { ( "+" | "-" ) product }
/// product     = unary { ( "*" | "/" ) unary }    Metron's dialect: "*" binds tighter
/// unary       = "-" unary | "!" unary | "not" "(" expression ")" | primary
/// primary     = literal | name | name "(" [ expression { "," expression } ] ")"
///             | "exists" "(" name ")" | "(" expression ")" | lambda | list | map | match
/// ```
public final class Parser {
  /// Levels of one expression: more than any rule has, and few enough for every stack.
  public static final int MAX_DEPTH = 250;

  /// Characters of one expression.
  public static final int MAX_LENGTH = 1 << 18;

  private final Dialect dialect;
  private final List<Token> tokens;
  private final List<Expr.Local> scope = new ArrayList<>();
  private final List<Diagnostic> differences = new ArrayList<>();
  private int at;
  private int depth;
  private int locals;

  private Parser(List<Token> tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  /// A source that was read.
  ///
  /// @param expr the tree; a blank source is the literal null
  /// @param differences a warning wherever the other dialect reads the source otherwise
  public record Parsed(Expr expr, List<Diagnostic> differences) {
    public Parsed {
      differences = List.copyOf(differences);
    }
  }

  /// A source with the name that its value goes to.
  ///
  /// @param name null for a plain expression
  /// @param start the offset of the expression in the source
  public record Assignment(@Nullable String name, int start) {}

  /// @throws SyntaxException when the source is no expression
  public static Parsed parse(String source, Dialect dialect) {
    if (source.isBlank()) {
      return new Parsed(new Expr.Literal(null, new Span(0, source.length())), List.of());
    }
    if (source.length() > MAX_LENGTH) {
      throw new SyntaxException(
          new Span(0, 1),
          "the expression has %,d characters, expected at most %,d"
              .formatted(source.length(), MAX_LENGTH));
    }
    Parser parser = new Parser(Lexer.tokens(source), dialect);
    if (parser.peek().kind() == Token.Kind.END) {
      throw new SyntaxException(
          new Span(0, source.length()), "there is a comment but no expression");
    }
    Expr expr = parser.expression();
    Token rest = parser.peek();
    if (rest.kind() != Token.Kind.END) {
      throw new SyntaxException(rest.span(), parser.surplus(rest));
    }
    return new Parsed(expr, parser.differences);
  }

  /// Whether a line of the shell is `name := expression`.
  ///
  /// @throws SyntaxException when a token is wrong
  public static Assignment assignment(String source) {
    List<Token> tokens = Lexer.tokens(source);
    if (tokens.size() > 2
        && tokens.get(0).kind() == Token.Kind.NAME
        && tokens.get(1).kind() == Token.Kind.ASSIGN) {
      return new Assignment((String) tokens.get(0).value(), tokens.get(1).span().end());
    }
    return new Assignment(null, 0);
  }

  /// The words that can't be names, in lower case.
  public static List<String> keywords() {
    return Lexer.keywords();
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token.Kind kind(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1)).kind();
  }

  private Token next() {
    Token token = tokens.get(at);
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  private boolean accept(Token.Kind kind) {
    if (peek().kind() == kind) {
      next();
      return true;
    }
    return false;
  }

  private Token expect(Token.Kind kind, String place) {
    Token token = peek();
    if (token.kind() != kind) {
      throw new SyntaxException(
          token.span(), "found " + shown(token) + ", expected " + kind.shown() + " " + place);
    }
    return next();
  }

  private static String shown(Token token) {
    return switch (token.kind()) {
      case NAME -> "the name '" + clip(String.valueOf(token.value())) + "'";
      case NUMBER -> "a number";
      case TEXT -> "a string";
      default -> token.kind().shown();
    };
  }

  private static String clip(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private String surplus(Token token) {
    Token before = tokens.get(at - 1);
    if (token.kind() == Token.Kind.NAME
        && token.value() instanceof String name
        && Lexer.keywords().contains(name.toLowerCase(Locale.ROOT))) {
      return "found the name '"
          + name
          + "'; write the keyword in lower case or in capitals: '"
          + name.toLowerCase(Locale.ROOT)
          + "'";
    }
    if (token.kind() == Token.Kind.IN) {
      return "'in' after a comparison is ambiguous; put one of them in parentheses";
    }
    if (token.kind() == Token.Kind.ASSIGN) {
      return "':=' assigns only in the shell and in scripts, and only to a name";
    }
    if (token.kind() == Token.Kind.NOT) {
      return "found 'not', expected 'not in', an operator or the end";
    }
    if (token.kind() == Token.Kind.COLON) {
      return "found ':' without a '?' before it";
    }
    if (before.kind() == Token.Kind.NAME && token.kind() == Token.Kind.TEXT) {
      return "found a string after the name '"
          + clip(String.valueOf(before.value()))
          + "', expected an operator or '('";
    }
    return "found " + shown(token) + ", expected an operator or the end";
  }

  private void enter(Span span) {
    if (++depth > MAX_DEPTH) {
      throw new SyntaxException(
          span, "the expression is nested more than %d deep".formatted(MAX_DEPTH));
    }
  }

  private Expr expression() {
    Token first = peek();
    enter(first.span());
    Expr result;
    if (first.kind() == Token.Kind.IF) {
      next();
      Expr condition = expression();
      expect(Token.Kind.THEN, "after the condition of 'if'");
      Expr then = expression();
      expect(Token.Kind.ELSE, "after 'then'; a conditional always has an 'else'");
      Expr otherwise = expression();
      result = new Expr.If(condition, then, otherwise, first.span().to(otherwise.span()));
    } else {
      Expr condition = or();
      if (accept(Token.Kind.QUESTION)) {
        Expr then = expression();
        if (peek().kind() != Token.Kind.COLON
            && tokens.get(at - 1).value() instanceof String name
            && name.indexOf(':') >= 0) {
          throw new SyntaxException(
              tokens.get(at - 1).span(),
              "'%s' is one name, because names may hold colons; write spaces around ':'"
                  .formatted(clip(name)));
        }
        expect(Token.Kind.COLON, "after the first branch of '?'");
        Expr otherwise = expression();
        result = new Expr.If(condition, then, otherwise, condition.span().to(otherwise.span()));
      } else {
        result = condition;
      }
    }
    depth--;
    return result;
  }

  private Expr or() {
    return dialect == Dialect.METRON ? logicFromTheRight() : standardOr();
  }

  private Expr standardOr() {
    Expr first = and();
    if (peek().kind() != Token.Kind.OR) {
      return first;
    }
    boolean mixed = first instanceof Expr.Logic l && l.and() && !parenthesised(first);
    Token operator = peek();
    List<Expr> operands = new ArrayList<>(List.of(first));
    while (accept(Token.Kind.OR)) {
      operands.add(and());
    }
    // Metron reads `a or b and c` as we do; an `and` on the left of an `or` it does not.
    boolean warn = mixed;
    for (int i = 1; i < operands.size() - 1; i++) {
      warn |= operands.get(i) instanceof Expr.Logic l && l.and() && !parenthesised(operands.get(i));
    }
    if (warn) {
      differences.add(
          Diagnostic.warning(
              operator.span(),
              "'and' binds tighter than 'or' here, in Apache Metron they bind alike from the"
                  + " right; put parentheses to say which is meant"));
    }
    return new Expr.Logic(false, operands);
  }

  private final java.util.Set<Expr> inParentheses =
      java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());

  private boolean parenthesised(Expr expr) {
    return inParentheses.contains(expr);
  }

  private Expr and() {
    Expr first = membership();
    if (peek().kind() != Token.Kind.AND) {
      return first;
    }
    List<Expr> operands = new ArrayList<>(List.of(first));
    while (accept(Token.Kind.AND)) {
      operands.add(membership());
    }
    return new Expr.Logic(true, operands);
  }

  /// `a and b or c` is `a and (b or c)`.
  private Expr logicFromTheRight() {
    List<Expr> operands = new ArrayList<>(List.of(membership()));
    List<Token> operators = new ArrayList<>();
    while (peek().kind() == Token.Kind.AND || peek().kind() == Token.Kind.OR) {
      operators.add(next());
      operands.add(membership());
    }
    Expr result = operands.getLast();
    int i = operators.size() - 1;
    int levels = 0;
    while (i >= 0) {
      boolean and = operators.get(i).kind() == Token.Kind.AND;
      int j = i;
      while (j >= 0 && (operators.get(j).kind() == Token.Kind.AND) == and) {
        j--;
      }
      List<Expr> chain = new ArrayList<>(operands.subList(j + 1, i + 1));
      chain.add(result);
      result = new Expr.Logic(and, chain);
      if (++levels + depth > MAX_DEPTH) {
        throw new SyntaxException(
            operators.get(i).span(),
            "the expression is nested more than %d deep".formatted(MAX_DEPTH));
      }
      if (j >= 0 && !and) {
        differences.add(
            Diagnostic.warning(
                operators.get(j).span(),
                "'and' and 'or' bind alike from the right in this mode; the standard reads 'and'"
                    + " as the tighter one; put parentheses to say which is meant"));
      }
      i = j;
    }
    return result;
  }

  private Expr membership() {
    Expr left = sum();
    boolean negated = peek().kind() == Token.Kind.NOT && kind(1) == Token.Kind.IN;
    if (negated || peek().kind() == Token.Kind.IN) {
      if (negated) {
        next();
      }
      Token operator = next();
      enter(operator.span());
      Expr right = membership();
      depth--;
      return new Expr.In(negated, left, right);
    }
    int levels = 0;
    while (true) {
      Expr.Compare.Operator operator =
          switch (peek().kind()) {
            case EQUAL -> Expr.Compare.Operator.EQUAL;
            case NOT_EQUAL -> Expr.Compare.Operator.NOT_EQUAL;
            case LESS -> Expr.Compare.Operator.LESS;
            case LESS_OR_EQUAL -> Expr.Compare.Operator.LESS_OR_EQUAL;
            case GREATER -> Expr.Compare.Operator.GREATER;
            case GREATER_OR_EQUAL -> Expr.Compare.Operator.GREATER_OR_EQUAL;
            default -> null;
          };
      if (operator == null) {
        return left;
      }
      Token token = next();
      level(++levels, token);
      left = new Expr.Compare(operator, left, sum(), token.span());
    }
  }

  private void level(int levels, Token token) {
    if (levels + depth > MAX_DEPTH) {
      throw new SyntaxException(
          token.span(), "the expression is nested more than %d deep".formatted(MAX_DEPTH));
    }
  }

  private Expr sum() {
    Expr left = product();
    int levels = 0;
    while (peek().kind() == Token.Kind.PLUS || peek().kind() == Token.Kind.MINUS) {
      Token token = next();
      level(++levels, token);
      left =
          new Expr.Arithmetic(
              token.kind() == Token.Kind.PLUS
                  ? Expr.Arithmetic.Operator.ADD
                  : Expr.Arithmetic.Operator.SUBTRACT,
              left,
              product(),
              token.span());
    }
    return left;
  }

  private Expr product() {
    List<Expr> factors = new ArrayList<>(2);
    factors.add(unary());
    List<Token> operators = null;
    boolean divided = false;
    Token different = null;
    while (peek().kind() == Token.Kind.TIMES || peek().kind() == Token.Kind.OVER) {
      if (operators == null) {
        operators = new ArrayList<>();
      }
      Token token = next();
      level(operators.size() + 1, token);
      if (token.kind() == Token.Kind.TIMES && divided && different == null) {
        different = token;
      }
      divided |= token.kind() == Token.Kind.OVER;
      operators.add(token);
      factors.add(unary());
    }
    if (operators == null) {
      return factors.getFirst();
    }
    if (different != null) {
      differences.add(
          Diagnostic.warning(
              different.span(),
              dialect == Dialect.STANDARD
                  ? "'*' after '/' is taken from the left here, in Apache Metron '*' binds tighter;"
                      + " put parentheses to say which is meant"
                  : "'*' binds tighter than '/' in this mode; the standard takes them from the"
                      + " left; put parentheses to say which is meant"));
    }
    if (dialect == Dialect.METRON) {
      List<Expr> products = new ArrayList<>();
      List<Token> divisions = new ArrayList<>();
      Expr product = factors.getFirst();
      for (int i = 0; i < operators.size(); i++) {
        if (operators.get(i).kind() == Token.Kind.TIMES) {
          product = arithmetic(operators.get(i), product, factors.get(i + 1));
        } else {
          products.add(product);
          divisions.add(operators.get(i));
          product = factors.get(i + 1);
        }
      }
      products.add(product);
      Expr result = products.getFirst();
      for (int i = 0; i < divisions.size(); i++) {
        result = arithmetic(divisions.get(i), result, products.get(i + 1));
      }
      return result;
    }
    Expr result = factors.getFirst();
    for (int i = 0; i < operators.size(); i++) {
      result = arithmetic(operators.get(i), result, factors.get(i + 1));
    }
    return result;
  }

  private static Expr arithmetic(Token operator, Expr left, Expr right) {
    return new Expr.Arithmetic(
        operator.kind() == Token.Kind.TIMES
            ? Expr.Arithmetic.Operator.MULTIPLY
            : Expr.Arithmetic.Operator.DIVIDE,
        left,
        right,
        operator.span());
  }

  private Expr unary() {
    Token token = peek();
    switch (token.kind()) {
      case MINUS -> {
        next();
        Token number = peek();
        if (number.kind() == Token.Kind.NUMBER) {
          next();
          return number(number, true, token.span().to(number.span()));
        }
        enter(token.span());
        Expr operand = unary();
        depth--;
        return new Expr.Negate(operand, token.span().to(operand.span()));
      }
      case BANG -> {
        next();
        enter(token.span());
        Expr operand = unary();
        depth--;
        return new Expr.Not(operand, token.span().to(operand.span()));
      }
      case NOT -> {
        next();
        if (peek().kind() != Token.Kind.OPEN) {
          throw new SyntaxException(
              peek().span(),
              "found "
                  + shown(peek())
                  + " after 'not', expected '('; write not(a == b), or ! before one operand");
        }
        next();
        Expr operand = expression();
        Token close = expect(Token.Kind.CLOSE, "to close 'not('");
        return new Expr.Not(operand, token.span().to(close.span()));
      }
      default -> {
        return primary();
      }
    }
  }

  private static Expr number(Token token, boolean negative, Span span) {
    Object value =
        switch (token.value()) {
          case Lexer.Whole whole -> whole.value(negative, span);
          case Float f -> negative ? (Object) (-f) : f;
          case Double d -> negative ? (Object) (-d) : d;
          case null, default -> throw new IllegalStateException("no number: " + token);
        };
    return new Expr.Literal(value, span);
  }

  private Expr primary() {
    Token token = peek();
    return switch (token.kind()) {
      case NUMBER -> number(next(), false, token.span());
      case TEXT, NAN -> new Expr.Literal(next().value(), token.span());
      case TRUE -> literal(true);
      case FALSE -> literal(false);
      case NULL -> literal(null);
      case NAME -> name();
      case EXISTS -> exists();
      case OPEN -> isLambda() ? lambda() : parentheses();
      case OPEN_LIST -> list();
      case OPEN_MAP -> map();
      case MATCH -> match();
      case IF ->
          throw new SyntaxException(
              token.span(), "'if' inside an operand; put the conditional in parentheses");
      case END ->
          throw new SyntaxException(token.span(), "the expression ends here, expected a value");
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          PLUS,
          TIMES,
          OVER,
          AND,
          OR,
          IN,
          QUESTION ->
          throw new SyntaxException(
              token.span(), "found " + shown(token) + ", expected a value on its left");
      default ->
          throw new SyntaxException(token.span(), "found " + shown(token) + ", expected a value");
    };
  }

  private Expr literal(@Nullable Object value) {
    return new Expr.Literal(value, next().span());
  }

  private Expr name() {
    if (kind(1) == Token.Kind.ARROW) {
      return lambda();
    }
    Token token = next();
    String name = (String) java.util.Objects.requireNonNull(token.value());
    if (peek().kind() != Token.Kind.OPEN) {
      return variable(name, token.span());
    }
    Token open = next();
    List<Expr> arguments = new ArrayList<>();
    if (peek().kind() != Token.Kind.CLOSE) {
      do {
        arguments.add(expression());
      } while (accept(Token.Kind.COMMA));
    }
    if (peek().kind() != Token.Kind.CLOSE) {
      throw new SyntaxException(
          peek().kind() == Token.Kind.END ? open.span() : peek().span(),
          peek().kind() == Token.Kind.END
              ? "the '(' of " + clip(name) + " is never closed"
              : "found "
                  + shown(peek())
                  + " in the arguments of "
                  + clip(name)
                  + ", expected ',' or ')'");
    }
    Token close = next();
    return new Expr.Call(name, arguments, token.span(), token.span().to(close.span()));
  }

  private Expr variable(String name, Span span) {
    for (int i = scope.size() - 1; i >= 0; i--) {
      if (scope.get(i).name().equals(name)) {
        return new Expr.Local(name, scope.get(i).id(), span);
      }
    }
    return new Expr.Variable(name, span);
  }

  private Expr exists() {
    Token token = next();
    expect(Token.Kind.OPEN, "after 'exists'");
    Token name = peek();
    if (name.kind() != Token.Kind.NAME || kind(1) != Token.Kind.CLOSE) {
      throw new SyntaxException(
          name.span(),
          "'exists' takes the name of a variable; to ask of a value, write value != null");
    }
    next();
    Token close = next();
    return new Expr.Exists(
        variable((String) java.util.Objects.requireNonNull(name.value()), name.span()),
        token.span().to(close.span()));
  }

  private Expr parentheses() {
    Token open = next();
    Expr inner = expression();
    if (peek().kind() == Token.Kind.END) {
      throw new SyntaxException(open.span(), "this '(' is never closed");
    }
    expect(Token.Kind.CLOSE, "to close '('");
    inParentheses.add(inner);
    return inner;
  }

  /// Whether `(` begins `() ->` or `(a, b) ->`.
  private boolean isLambda() {
    int i = 1;
    if (kind(i) == Token.Kind.CLOSE) {
      return kind(i + 1) == Token.Kind.ARROW;
    }
    while (kind(i) == Token.Kind.NAME) {
      if (kind(i + 1) == Token.Kind.CLOSE) {
        return kind(i + 2) == Token.Kind.ARROW;
      }
      if (kind(i + 1) != Token.Kind.COMMA) {
        return false;
      }
      i += 2;
    }
    return false;
  }

  private Expr lambda() {
    Span start = peek().span();
    List<Expr.Local> variables = new ArrayList<>();
    if (accept(Token.Kind.OPEN)) {
      while (peek().kind() == Token.Kind.NAME) {
        variables.add(local());
        accept(Token.Kind.COMMA);
      }
      next();
    } else {
      variables.add(local());
    }
    expect(Token.Kind.ARROW, "after the variables of a lambda");
    scope.addAll(variables);
    Expr body = expression();
    for (int i = 0; i < variables.size(); i++) {
      scope.removeLast();
    }
    return new Expr.Lambda(variables, body, start.to(body.span()));
  }

  private Expr.Local local() {
    Token token = next();
    return new Expr.Local(
        (String) java.util.Objects.requireNonNull(token.value()), locals++, token.span());
  }

  private Expr list() {
    Token open = next();
    List<Expr> items = new ArrayList<>();
    if (peek().kind() != Token.Kind.CLOSE_LIST) {
      do {
        items.add(expression());
      } while (accept(Token.Kind.COMMA));
    }
    if (peek().kind() != Token.Kind.CLOSE_LIST) {
      throw new SyntaxException(
          peek().kind() == Token.Kind.END ? open.span() : peek().span(),
          peek().kind() == Token.Kind.END
              ? "this '[' is never closed"
              : "found " + shown(peek()) + " in a list, expected ',' or ']'");
    }
    return new Expr.ListOf(items, open.span().to(next().span()));
  }

  private Expr map() {
    Token open = next();
    List<Expr.MapOf.Entry> entries = new ArrayList<>();
    if (peek().kind() != Token.Kind.CLOSE_MAP) {
      do {
        enter(peek().span());
        Expr key = or();
        depth--;
        if (peek().kind() != Token.Kind.COLON
            && key instanceof Expr.Variable v
            && v.name().indexOf(':') >= 0) {
          throw new SyntaxException(
              v.span(),
              "'%s' is one name, because names may hold colons; write spaces around ':'"
                  .formatted(clip(v.name())));
        }
        expect(Token.Kind.COLON, "after a key of a map");
        entries.add(new Expr.MapOf.Entry(key, expression()));
      } while (accept(Token.Kind.COMMA));
    }
    if (peek().kind() != Token.Kind.CLOSE_MAP) {
      throw new SyntaxException(
          peek().kind() == Token.Kind.END ? open.span() : peek().span(),
          peek().kind() == Token.Kind.END
              ? "this '{' is never closed"
              : "found " + shown(peek()) + " in a map, expected ',' or '}'");
    }
    return new Expr.MapOf(entries, open.span().to(next().span()));
  }

  private Expr match() {
    Token match = next();
    expect(Token.Kind.OPEN_MAP, "after 'match'");
    List<Expr.Match.Case> cases = new ArrayList<>();
    while (peek().kind() != Token.Kind.DEFAULT) {
      if (peek().kind() == Token.Kind.CLOSE_MAP) {
        throw new SyntaxException(peek().span(), "'match' has no 'default => …' as its last case");
      }
      Expr condition = expression();
      expect(Token.Kind.LEADS_TO, "after the condition of a case");
      cases.add(new Expr.Match.Case(condition, expression()));
      if (peek().kind() != Token.Kind.COMMA) {
        throw new SyntaxException(
            peek().span(),
            peek().kind() == Token.Kind.CLOSE_MAP
                ? "'match' has no 'default => …' as its last case"
                : "found " + shown(peek()) + " after a case, expected ','");
      }
      next();
    }
    if (cases.isEmpty()) {
      throw new SyntaxException(peek().span(), "'match' has no case before 'default'");
    }
    next();
    expect(Token.Kind.LEADS_TO, "after 'default'");
    Expr otherwise = expression();
    Token close = peek();
    if (close.kind() != Token.Kind.CLOSE_MAP) {
      throw new SyntaxException(
          close.span(), "found " + shown(close) + " after 'default', expected '}'; it comes last");
    }
    next();
    return new Expr.Match(cases, otherwise, match.span().to(close.span()));
  }
}
