package metron.event.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import metron.event.Cidr;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.Timestamp;
import metron.event.Values;
import org.jspecify.annotations.Nullable;

/// Search text to a [Query].
///
/// ```text
/// query    = [ or ]                                            blank: everything
/// or       = and { ( "OR" | "||" ) and }
/// and      = unary { [ "AND" | "&&" ] unary }                  side by side is AND
/// unary    = ( "NOT" | "!" | "-" | "+" ) unary | primary       + changes nothing
/// primary  = "(" or ")" | "*:*" | "_exists_:" name
///          | name ":" ( "(" or ")" | value )                   in the parentheses, values of that field
///          | name ( ">" | ">=" | "<" | "<=" ) bound
///          | phrase | word                                      free text
/// value    = "*"                                                the field is there
///          | [ ">" | ">=" | "<" | "<=" | "=" ] bound
///          | ( "[" | "{" ) bound "TO" bound ( "]" | "}" )        [ ] include the bound, { } do not; * is open
///          | "/" regular expression "/"                         over the whole text
///          | bound | pattern                                    pattern: text with * or ?
/// bound    = phrase | word
/// phrase   = '"' characters '"'                                 \" and \\ inside
/// word     = characters without blanks, parentheses and quotes  \ takes the next character as it is
/// ```
/// `AND`, `OR`, `NOT`, `TO` are words of the grammar in capitals only.
///
/// Values have the type of their field. Addresses: `source.ip:10.0.0.0/8`, `source.ip:10.0.*`. Moments: ISO 8601 (UTC unless
/// it says otherwise), a number since the epoch, `now`, `now-1h`, `now-1d/d` (units `s m h d w M y`; `/d` goes to the start
/// of the day); a date or time without seconds is the whole of that month, day, hour or minute.
///
/// Text in `message`, `event.original`, `error.message`, `error.stack_trace` and fields that end in `.text` is long, so
/// `message:"failed password"` finds it anywhere inside; `message:="…"` is the whole text. All other text is whole:
/// `user.name:alice`. A free word with punctuation, such as `evil.example`, is a phrase of its parts. A free pattern (`evil*`)
/// is looked for in `event.original`. Classic Metron names (`ip_src_addr`) are taken.
///
/// A name that no field has is a field outside the catalogue, unless it is nearly a name that some field has: then it
/// is an error with a suggestion. `\` before its first letter says that it is meant.
public final class QueryParser {
  /// Characters of a query.
  public static final int MAX_LENGTH = 20_000;

  /// Parentheses and negations within each other.
  public static final int MAX_DEPTH = 50;

  /// Parts of a query.
  public static final int MAX_PARTS = 2_000;

  private static final Set<String> LONG_TEXT =
      Set.of("message", "event.original", "error.message", "error.stack_trace");
  private static final List<String> START = List.of("a word", "a \"phrase\"", "a field", "'('");
  private static final Pattern RELATIVE =
      Pattern.compile("now(?:([+-])(\\d{1,6})([smhdwMy]))?(?:/([smhdwMy]))?");
  private static final Pattern PERIOD =
      Pattern.compile(
          "(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:[T ](\\d{2})(?::(\\d{2}))?)?)?)?(Z|[+-]\\d{2}:?\\d{2})?");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS,
          "w", ChronoUnit.WEEKS,
          "M", ChronoUnit.MONTHS,
          "y", ChronoUnit.YEARS);

  private final String text;
  private final InstantSource clock;
  private int at;
  private int depth;
  private int parts;

  private QueryParser(String text, InstantSource clock) {
    this.text = text;
    this.clock = clock;
  }

  /// With the system's clock for `now`.
  public static Query parse(String text) throws QuerySyntaxException {
    return parse(text, InstantSource.system());
  }

  /// @param clock what `now` means
  public static Query parse(String text, InstantSource clock) throws QuerySyntaxException {
    return new QueryParser(text, clock).query();
  }

  /// A moment as a query writes it, for the ends of a search: ISO 8601 or relative such as `now-24h`. A date is its start.
  ///
  /// @return empty if it is none
  public static Optional<Instant> parseMoment(String text, InstantSource clock) {
    Period period = period(text, clock);
    return period == null ? Optional.empty() : Optional.of(period.start);
  }

  static boolean isLongText(Field field) {
    return LONG_TEXT.contains(field.name()) || field.name().endsWith(".text");
  }

  private Query query() throws QuerySyntaxException {
    if (text.length() > MAX_LENGTH) {
      throw error(
          "the query has " + text.length() + " characters, expected at most " + MAX_LENGTH,
          MAX_LENGTH,
          text.length() - MAX_LENGTH,
          List.of());
    }
    blanks();
    if (at == text.length()) {
      return new Query.All();
    }
    Query query = or(null);
    if (at < text.length()) {
      throw unexpected(List.of("AND", "OR", "NOT", "the end"));
    }
    return query;
  }

  private Query or(@Nullable Field scope) throws QuerySyntaxException {
    List<Query> some = new ArrayList<>();
    some.add(and(scope));
    while (operator("OR", "||")) {
      some.add(and(scope));
    }
    return some.size() == 1 ? some.getFirst() : new Query.Or(some);
  }

  private Query and(@Nullable Field scope) throws QuerySyntaxException {
    List<Query> all = new ArrayList<>();
    all.add(unary(scope));
    while (true) {
      blanks();
      if (operator("AND", "&&")) {
        all.add(unary(scope));
      } else if (at == text.length() || text.charAt(at) == ')' || isOperator("OR", "||")) {
        return all.size() == 1 ? all.getFirst() : new Query.And(all);
      } else {
        all.add(unary(scope));
      }
    }
  }

  private Query unary(@Nullable Field scope) throws QuerySyntaxException {
    blanks();
    if (++parts > MAX_PARTS) {
      throw error(
          "the query has more than " + MAX_PARTS + " parts", at, text.length() - at, List.of());
    }
    boolean not = operator("NOT", null);
    if (!not && at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1))) {
      char c = text.charAt(at);
      boolean number = scope != null && scope.type() != FieldType.STRING;
      if (c == '!' || (c == '-' && !number)) {
        not = true;
        at++;
      } else if (c == '+' && !number) {
        at++;
      }
    }
    if (not) {
      enter();
      Query part = unary(scope);
      depth--;
      return new Query.Not(part);
    }
    return primary(scope);
  }

  private void enter() throws QuerySyntaxException {
    if (++depth > MAX_DEPTH) {
      throw error("nested deeper than " + MAX_DEPTH + " levels", at, 1, List.of());
    }
  }

  private Query primary(@Nullable Field scope) throws QuerySyntaxException {
    blanks();
    if (at == text.length()) {
      throw unexpected(START);
    }
    if (text.charAt(at) == '(') {
      return group(scope);
    }
    if (isOperator("AND", "&&") || isOperator("OR", "||")) {
      throw unexpected(START);
    }
    if (scope != null) {
      return value(scope);
    }
    if (text.charAt(at) == '"') {
      int start = at;
      return words(phrase(), true, start);
    }
    return fieldOrWord();
  }

  private Query group(@Nullable Field scope) throws QuerySyntaxException {
    int open = at;
    enter();
    at++;
    blanks();
    Query query = or(scope);
    blanks();
    if (at == text.length()) {
      throw error("the '(' in column " + (open + 1) + " is not closed", open, 1, List.of("')'"));
    }
    at++;
    depth--;
    return query;
  }

  private Query fieldOrWord() throws QuerySyntaxException {
    int start = at;
    for (String alias : FieldCatalogue.aliases().keySet()) {
      if (alias.indexOf(':') > 0 && text.startsWith(alias + ":", at)) {
        at += alias.length() + 1;
        return fieldValue(FieldCatalogue.get().field(alias));
      }
    }
    String name = token(":<>");
    int end = at;
    char next = at < text.length() ? text.charAt(at) : ' ';
    if (end == start) {
      throw unexpected(START);
    }
    boolean named = isName(name) || text.charAt(start) == '\\';
    if (named && (next == '<' || next == '>')) {
      return comparison(field(name, start, end));
    }
    if (next == ':' && named && !text.startsWith("://", at)) {
      at++;
      if (name.equals("*") && at < text.length() && text.charAt(at) == '*') {
        at++;
        return new Query.All();
      }
      if (WildcardPattern.isPattern(text.substring(start, end))) {
        throw error(
            "a field name can't have wildcards", start, end - start, List.of("a field name"));
      }
      if (name.equals("_exists_")) {
        blanks();
        int from = at;
        String wanted = token("");
        if (wanted.isEmpty()) {
          throw unexpected(List.of("a field name"));
        }
        return new Query.Exists(field(wanted, from, at).name());
      }
      return fieldValue(field(name, start, end));
    }
    // Free text: the word goes on over colons.
    at = start;
    String word = token("");
    String raw = text.substring(start, at);
    if (raw.equals("*")) {
      return new Query.All();
    }
    if (WildcardPattern.isPattern(raw)) {
      return new Query.Wildcard("event.original", around(normalise(raw)));
    }
    boolean several = WordText.words(word).size() > 1;
    return words(several ? word : WordText.trim(word), several, start);
  }

  private static boolean isName(String name) {
    if (name.isEmpty()) {
      return false;
    }
    char c = name.charAt(0);
    return Character.isLetter(c) || c == '@' || c == '_' || name.equals("*");
  }

  private static String around(String pattern) {
    return (pattern.startsWith("*") ? "" : "*")
        + pattern
        + (pattern.endsWith("*") && !pattern.endsWith("\\*") ? "" : "*");
  }

  private Query words(String words, boolean phrase, int start) throws QuerySyntaxException {
    if (WordText.words(words).isEmpty()) {
      throw error(
          "found " + excerpt(start, at) + ", which has no letters or digits to look for",
          start,
          at - start,
          START);
    }
    return new Query.Words(words, phrase);
  }

  /// The field of a name; an error if no field has it but one is near.
  private Field field(String name, int start, int end) throws QuerySyntaxException {
    Field field = FieldCatalogue.get().field(name);
    if (field.isExt() && text.charAt(start) != '\\') {
      Optional<String> meant = FieldNames.meant(name);
      if (meant.isPresent()) {
        throw new QuerySyntaxException(
            "unknown field " + excerpt(name) + ". Did you mean '" + meant.get() + "'?",
            start + 1,
            end - start,
            List.of("a field name"),
            meant.get());
      }
    }
    return field;
  }

  private Query fieldValue(Field field) throws QuerySyntaxException {
    blanks();
    if (at < text.length() && text.charAt(at) == '(') {
      return group(field);
    }
    return value(field);
  }

  private Query value(Field field) throws QuerySyntaxException {
    blanks();
    char c = at < text.length() ? text.charAt(at) : ')';
    switch (c) {
      case ')' -> throw unexpected(valuesOf(field));
      case '<', '>' -> {
        return comparison(field);
      }
      case '[', '{' -> {
        return range(field);
      }
      case '=' -> {
        at++;
        int start = at;
        return exactly(field, bound(""), start);
      }
      case '/' -> {
        int end = regexEnd();
        if (end > 0) {
          return regex(field, end);
        }
      }
      default -> {}
    }
    int start = at;
    if (c == '"') {
      String phrase = phrase();
      return isLongText(field) && !WordText.words(phrase).isEmpty()
          ? inside(field, phrase)
          : exactly(field, phrase, start);
    }
    String word = token("");
    if (at == start) {
      throw unexpected(valuesOf(field));
    }
    String raw = text.substring(start, at);
    if (raw.equals("*")) {
      return new Query.Exists(field.name());
    }
    if (WildcardPattern.isPattern(raw)) {
      return pattern(field, raw, start);
    }
    if (field.type() == FieldType.IP && word.indexOf('/') > 0) {
      Optional<Cidr> network = Cidr.parse(word);
      if (network.isEmpty()) {
        throw error(
            field.name() + " is " + excerpt(word) + ", expected a network such as 10.0.0.0/8",
            start,
            at - start,
            valuesOf(field));
      }
      return new Query.InNetwork(field.name(), network.get());
    }
    return isLongText(field) && !WordText.words(word).isEmpty()
        ? inside(field, word)
        : exactly(field, word, start);
  }

  /// Words narrow the search by the index, the pattern decides in which field.
  private static Query inside(Field field, String words) {
    boolean several = WordText.words(words).size() > 1;
    return new Query.And(
        List.of(
            new Query.Words(several ? words : WordText.trim(words), several),
            new Query.Wildcard(field.name(), "*" + escapePattern(words) + "*")));
  }

  static String escapePattern(String words) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '*' || c == '?' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    return out.toString();
  }

  private Query exactly(Field field, String word, int start) throws QuerySyntaxException {
    if (field.type() == FieldType.INSTANT) {
      Period period = moment(field, word, start);
      return period.start.equals(period.end)
          ? new Query.Is(field.name(), period.start)
          : new Query.Range(field.name(), period.start, true, period.end, false);
    }
    return new Query.Is(field.name(), typed(field, word, start));
  }

  private Query pattern(Field field, String raw, int start) throws QuerySyntaxException {
    if (field.type() == FieldType.IP) {
      Optional<Cidr> network = octets(raw);
      if (network.isPresent()) {
        return new Query.InNetwork(field.name(), network.get());
      }
    }
    if (field.type() != FieldType.STRING) {
      throw error(
          field.name() + " holds " + holds(field.type()) + ", which no wildcard matches",
          start,
          at - start,
          valuesOf(field));
    }
    return new Query.Wildcard(field.name(), normalise(raw));
  }

  /// `10.1.*` is a network.
  private static Optional<Cidr> octets(String raw) {
    if (!raw.endsWith(".*")) {
      return Optional.empty();
    }
    String head = raw.substring(0, raw.length() - 2).replace(".*", "");
    int octets = head.split("\\.", -1).length;
    return octets > 3
        ? Optional.empty()
        : Cidr.parse(head + ".0".repeat(4 - octets) + "/" + 8 * octets);
  }

  /// A pattern without needless escapes, so that one meaning has one form.
  private static String normalise(String raw) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\' && i + 1 < raw.length()) {
        c = raw.charAt(++i);
        if (c == '*' || c == '?' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      } else if (c == '\\') {
        out.append("\\\\");
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private Query comparison(Field field) throws QuerySyntaxException {
    boolean greater = text.charAt(at) == '>';
    at++;
    boolean included = at < text.length() && text.charAt(at) == '=';
    if (included) {
      at++;
    }
    blanks();
    int start = at;
    String word = bound("");
    if (at == start) {
      throw unexpected(valuesOf(field));
    }
    return greater
        ? between(field, word, start, included, null, 0, false)
        : between(field, null, 0, false, word, start, included);
  }

  private Query range(Field field) throws QuerySyntaxException {
    int open = at;
    boolean fromIncluded = text.charAt(at) == '[';
    at++;
    blanks();
    int fromAt = at;
    String from = bound("]}");
    if (at == fromAt) {
      throw unexpected(List.of("a lower bound", "*"));
    }
    boolean fromOpen = text.substring(fromAt, at).equals("*");
    blanks();
    if (!operator("TO", null)) {
      throw unexpected(List.of("TO"));
    }
    blanks();
    int toAt = at;
    String to = bound("]}");
    if (at == toAt) {
      throw unexpected(List.of("an upper bound", "*"));
    }
    boolean toOpen = text.substring(toAt, at).equals("*");
    blanks();
    char close = at < text.length() ? text.charAt(at) : ' ';
    if (close != ']' && close != '}') {
      throw at == text.length()
          ? error(
              "the '" + text.charAt(open) + "' in column " + (open + 1) + " is not closed",
              open,
              1,
              List.of("']'", "'}'"))
          : unexpected(List.of("']'", "'}'"));
    }
    at++;
    if (fromOpen && toOpen) {
      return new Query.Exists(field.name());
    }
    return between(
        field,
        fromOpen ? null : from,
        fromAt,
        fromIncluded,
        toOpen ? null : to,
        toAt,
        close == ']');
  }

  private Query between(
      Field field,
      @Nullable String from,
      int fromAt,
      boolean fromIncluded,
      @Nullable String to,
      int toAt,
      boolean toIncluded)
      throws QuerySyntaxException {
    Object low = null;
    Object high = null;
    boolean lowIncluded = from != null && fromIncluded;
    boolean highIncluded = to != null && toIncluded;
    if (field.type() == FieldType.BOOLEAN) {
      int start = from == null ? toAt : fromAt;
      throw error(
          field.name() + " is true or false, which has no order",
          start,
          at - start,
          valuesOf(field));
    }
    if (field.type() == FieldType.INSTANT) {
      // A period as a bound: after it, from its start, before it, or to its end.
      if (from != null) {
        Period period = moment(field, from, fromAt);
        boolean exact = period.start.equals(period.end);
        low = fromIncluded || exact ? period.start : period.end;
        lowIncluded = fromIncluded || !exact;
      }
      if (to != null) {
        Period period = moment(field, to, toAt);
        boolean exact = period.start.equals(period.end);
        high = toIncluded && !exact ? period.end : period.start;
        highIncluded = toIncluded && exact;
      }
    } else {
      low = from == null ? null : typed(field, from, fromAt);
      high = to == null ? null : typed(field, to, toAt);
    }
    return new Query.Range(field.name(), low, lowIncluded, high, highIncluded);
  }

  private Object typed(Field field, String word, int start) throws QuerySyntaxException {
    Object value = Values.one(field.type(), word);
    if (value == null) {
      throw error(
          field.name() + " holds " + holds(field.type()) + ", found " + excerpt(word),
          start,
          at - start,
          valuesOf(field));
    }
    return value;
  }

  private Period moment(Field field, String word, int start) throws QuerySyntaxException {
    Period period = period(word, clock);
    if (period == null) {
      throw error(
          field.name() + " holds moments, found " + excerpt(word),
          start,
          at - start,
          valuesOf(field));
    }
    return period;
  }

  /// A moment (start and end are the same) or the time from start to before end.
  private record Period(Instant start, Instant end) {}

  private static @Nullable Period period(String word, InstantSource clock) {
    try {
      Matcher relative = RELATIVE.matcher(word);
      if (relative.matches()) {
        OffsetDateTime t = clock.instant().atOffset(ZoneOffset.UTC);
        if (relative.group(1) != null) {
          long n = Long.parseLong(relative.group(2));
          t = t.plus(relative.group(1).equals("-") ? -n : n, unit(relative.group(3)));
        }
        if (relative.group(4) != null) {
          t = floor(t, unit(relative.group(4)));
        }
        return exact(t.toInstant());
      }
      Matcher m = PERIOD.matcher(word);
      if (m.matches() && word.length() < 25) {
        ChronoUnit unit =
            m.group(5) != null
                ? ChronoUnit.MINUTES
                : m.group(4) != null
                    ? ChronoUnit.HOURS
                    : m.group(3) != null
                        ? ChronoUnit.DAYS
                        : m.group(2) != null ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
        ZoneOffset zone = m.group(6) == null ? ZoneOffset.UTC : ZoneOffset.of(m.group(6));
        OffsetDateTime start =
            LocalDateTime.of(
                    Integer.parseInt(m.group(1)),
                    part(m.group(2), 1),
                    part(m.group(3), 1),
                    part(m.group(4), 0),
                    part(m.group(5), 0))
                .atOffset(zone);
        Period period = new Period(start.toInstant(), start.plus(1, unit).toInstant());
        return inRange(period.start) && inRange(period.end) ? period : null;
      }
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
    return Values.one(FieldType.INSTANT, word) instanceof Instant t ? exact(t) : null;
  }

  private static int part(@Nullable String digits, int absent) {
    return digits == null ? absent : Integer.parseInt(digits);
  }

  private static @Nullable Period exact(Instant t) {
    return inRange(t) ? new Period(t, t) : null;
  }

  private static boolean inRange(Instant t) {
    return Values.nanos(t) != Timestamp.NONE;
  }

  private static ChronoUnit unit(String letter) {
    ChronoUnit unit = UNITS.get(letter);
    if (unit == null) {
      throw new IllegalArgumentException("the pattern lets no unit " + letter + " through");
    }
    return unit;
  }

  private static OffsetDateTime floor(OffsetDateTime t, ChronoUnit unit) {
    OffsetDateTime day = t.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case WEEKS -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
      case MONTHS -> day.withDayOfMonth(1);
      case YEARS -> day.withDayOfYear(1);
      default -> t.truncatedTo(unit);
    };
  }

  /// @return where the closing slash stands, or -1 if this is text that starts with a slash, such as a path
  private int regexEnd() {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '/') {
        boolean ends =
            i + 1 == text.length()
                || Character.isWhitespace(text.charAt(i + 1))
                || text.charAt(i + 1) == ')';
        return ends && i > at + 1 ? i : -1;
      }
    }
    return -1;
  }

  private Query regex(Field field, int end) throws QuerySyntaxException {
    int start = at + 1;
    StringBuilder expression = new StringBuilder();
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < end) {
        char next = text.charAt(++i);
        if (next != '/') {
          expression.append(c);
        }
        expression.append(next);
      } else {
        expression.append(c);
      }
    }
    at = end + 1;
    if (field.type() != FieldType.STRING) {
      throw error(
          field.name() + " holds " + holds(field.type()) + ", which no regular expression matches",
          start - 1,
          at - start + 1,
          valuesOf(field));
    }
    try {
      RegexPattern _ = RegexPattern.of(expression.toString());
    } catch (PatternSyntaxException e) {
      int where = Math.min(end, start + Math.max(0, e.getIndex()));
      throw error("not a regular expression: " + e.getDescription(), where, end - where, List.of());
    }
    return new Query.Regex(field.name(), expression.toString());
  }

  private String bound(String stops) throws QuerySyntaxException {
    return at < text.length() && text.charAt(at) == '"' ? phrase() : token(stops);
  }

  private String phrase() throws QuerySyntaxException {
    int open = at;
    StringBuilder out = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return out.toString();
      }
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      out.append(c);
    }
    throw error("the quote in column " + (open + 1) + " is not closed", open, 1, List.of("'\"'"));
  }

  /// Characters up to a blank, parenthesis, quote or one of `stops`, without escapes.
  private String token(String stops) {
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        out.append(text.charAt(at + 1));
        at += 2;
        continue;
      }
      if (Character.isWhitespace(c) || c == '(' || c == ')' || c == '"' || stops.indexOf(c) >= 0) {
        break;
      }
      out.append(c);
      at++;
    }
    return out.toString();
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean operator(String word, @Nullable String sign) {
    blanks();
    if (!isOperator(word, sign)) {
      return false;
    }
    at += sign != null && text.startsWith(sign, at) ? sign.length() : word.length();
    return true;
  }

  private boolean isOperator(String word, @Nullable String sign) {
    if (sign != null && text.startsWith(sign, at)) {
      return true;
    }
    int end = at + word.length();
    return text.startsWith(word, at)
        && (end == text.length()
            || Character.isWhitespace(text.charAt(end))
            || text.charAt(end) == '('
            || text.charAt(end) == ')'
            || text.charAt(end) == '"');
  }

  private static String holds(FieldType type) {
    return switch (type) {
      case STRING -> "text";
      case LONG -> "integers";
      case DOUBLE -> "numbers";
      case BOOLEAN -> "true or false";
      case INSTANT -> "moments";
      case IP -> "addresses";
    };
  }

  private static List<String> valuesOf(Field field) {
    return switch (field.type()) {
      case STRING -> List.of("text", "a \"phrase\"", "text with *", "/expression/", "*");
      case LONG -> List.of("an integer", "[1 TO 9]", ">1", "*");
      case DOUBLE -> List.of("a number", "[1 TO 9]", ">1", "*");
      case BOOLEAN -> List.of("true", "false", "*");
      case INSTANT -> List.of("2026-03-01T08:00:00Z", "2026-03-01", ">now-1h", "*");
      case IP -> List.of("an address", "a network such as 10.0.0.0/8", "*");
    };
  }

  private QuerySyntaxException unexpected(List<String> expected) {
    int end = at;
    if (at < text.length()) {
      end++;
      while (Character.isLetterOrDigit(text.charAt(at))
          && end < text.length()
          && Character.isLetterOrDigit(text.charAt(end))) {
        end++;
      }
    }
    String found = at == text.length() ? "the end" : excerpt(at, end);
    return error(
        "found " + found + ", expected " + String.join(" or ", expected), at, end - at, expected);
  }

  private static QuerySyntaxException error(
      String message, int start, int length, List<String> expected) {
    return new QuerySyntaxException(message, start + 1, length, expected, null);
  }

  private String excerpt(int start, int end) {
    return excerpt(text.substring(start, end));
  }

  private static String excerpt(String part) {
    String shown = part.length() > 40 ? part.substring(0, 40) + "…" : part;
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      out.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : c);
    }
    return out.append('\'').toString();
  }
}
