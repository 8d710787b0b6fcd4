package metron.stellar.function;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of the language: what the checker, the compiler, the manual and the shell's help need
/// to know of it. Made by [#named].
public final class StellarFunction {
  private final Signature signature;
  private final String group;
  private final String meaning;
  private final String returns;
  private final String fails;
  private final boolean pure;
  private final List<Example> examples;
  private final Body body;
  private final @Nullable Specialiser specialiser;
  private final TextClues.@Nullable Finder clues;

  private StellarFunction(Builder b, Body body) {
    this.signature = new Signature(b.name, b.parameters, b.result);
    this.group = said(b.name, "group", b.group);
    this.meaning = said(b.name, "meaning", b.meaning);
    this.returns = b.returns;
    this.fails = said(b.name, "fails", b.fails);
    this.pure = b.pure;
    this.examples = List.copyOf(b.examples);
    this.body = body;
    this.specialiser = b.specialiser;
    this.clues = b.clues;
    int most =
        switch (body) {
          case Body0 _ -> 0;
          case Body1 _ -> 1;
          case Body2 _ -> 2;
          case Body3 _ -> 3;
          case Body4 _ -> 4;
          case BodyN _ -> Signature.UNBOUNDED;
        };
    if (signature.maximum() > most) {
      throw new IllegalArgumentException(
          "%s takes up to %d arguments, but its body takes %d"
              .formatted(b.name, signature.maximum(), most));
    }
  }

  private static String said(String function, String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(function + " does not say its " + what);
    }
    return text;
  }

  /// Begins a function.
  ///
  /// @param name upper case
  public static Builder named(String name) {
    return new Builder(name);
  }

  public String name() {
    return signature.name();
  }

  public Signature signature() {
    return signature;
  }

  /// The chapter of the manual.
  public String group() {
    return group;
  }

  /// One sentence.
  public String meaning() {
    return meaning;
  }

  /// What the result is, beyond its type; may be empty.
  public String returns() {
    return returns;
  }

  /// When it fails, or that it never does.
  public String fails() {
    return fails;
  }

  /// Whether equal arguments always give equal answers, and nothing changes.
  public boolean pure() {
    return pure;
  }

  public List<Example> examples() {
    return examples;
  }

  public Body body() {
    return body;
  }

  /// The body for one call, see [Specialiser].
  ///
  /// @throws FunctionFailure when a known argument can only fail
  public Body bodyFor(Specialiser.Call call) {
    if (specialiser == null) {
      return body;
    }
    Body special = specialiser.specialise(call);
    return special == null ? body : special;
  }

  /// What a text as the first argument says about a call, see [TextClues]; null where that is nothing.
  public @Nullable TextClues cluesOf(Specialiser.Call call) {
    if (clues == null) {
      return null;
    }
    try {
      return clues.find(call);
    } catch (FunctionFailure _) {
      // The checker has warned of it; the call itself will say so.
      return null;
    }
  }

  @Override
  public String toString() {
    return signature.text();
  }

  /// Says what a function is, ending with its body.
  public static final class Builder {
    private final String name;
    private final List<Parameter> parameters = new ArrayList<>();
    private Type result = Type.ANY;
    private String group = "";
    private String meaning = "";
    private String returns = "";
    private String fails = "";
    private boolean pure = true;
    private List<Example> examples = List.of();
    private @Nullable Specialiser specialiser;
    private TextClues.@Nullable Finder clues;

    private Builder(String name) {
      this.name = name;
    }

    /// The chapter of the manual: `Strings`, `Network`, …
    public Builder group(String text) {
      this.group = text;
      return this;
    }

    /// One sentence that says what the function answers.
    public Builder means(String sentence) {
      this.meaning = sentence;
      return this;
    }

    /// A required parameter.
    public Builder takes(String parameter, String text, Type... types) {
      return add(parameter, text, Parameter.Count.ONCE, types);
    }

    /// A parameter that may be left out.
    public Builder takesOptional(String parameter, String text, Type... types) {
      return add(parameter, text, Parameter.Count.OPTIONAL, types);
    }

    /// A last parameter that is given once or more.
    public Builder takesMany(String parameter, String text, Type... types) {
      return add(parameter, text, Parameter.Count.MANY, types);
    }

    /// A last parameter that is given any number of times.
    public Builder takesAny(String parameter, String text, Type... types) {
      return add(parameter, text, Parameter.Count.ANY, types);
    }

    private Builder add(String parameter, String text, Parameter.Count count, Type... types) {
      parameters.add(
          new Parameter(
              parameter, text, types.length == 0 ? List.of(Type.ANY) : List.of(types), count));
      return this;
    }

    /// The type of the answer, and what it is. The type is a promise: any other answer than null
    /// must be of it.
    public Builder returns(Type type, String text) {
      this.result = type;
      this.returns = text;
      return this;
    }

    /// One sentence that says when it fails.
    public Builder fails(String sentence) {
      this.fails = sentence;
      return this;
    }

    /// Says that there are no arguments that it fails for.
    public Builder neverFails() {
      return fails("Never.");
    }

    /// Reads or changes something beside its arguments: calls are never folded.
    public Builder impure() {
      this.pure = false;
      return this;
    }

    public Builder examples(List<Example> list) {
      this.examples = list;
      return this;
    }

    /// Work to be done once for arguments known at compile time.
    public Builder specialise(Specialiser s) {
      this.specialiser = s;
      return this;
    }

    /// What the first argument says about a call before it is made.
    public Builder clues(TextClues.Finder finder) {
      this.clues = finder;
      return this;
    }

    /// The body, by the most arguments that it takes; [#bodyN] for any number.
    public StellarFunction body0(Body0 b) {
      return new StellarFunction(this, b);
    }

    public StellarFunction body1(Body1 b) {
      return new StellarFunction(this, b);
    }

    public StellarFunction body2(Body2 b) {
      return new StellarFunction(this, b);
    }

    public StellarFunction body3(Body3 b) {
      return new StellarFunction(this, b);
    }

    public StellarFunction body4(Body4 b) {
      return new StellarFunction(this, b);
    }

    public StellarFunction bodyN(BodyN b) {
      return new StellarFunction(this, b);
    }
  }
}
