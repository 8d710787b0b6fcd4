package metron.detection.sigma;

import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import metron.event.Cidr;
import metron.stellar.function.Regex;

/// One question about one field of an event. A field with several values answers yes if one of them does.
public sealed interface Atom {
  /// The field, by the name that Sigma has for it; empty: every value of the event.
  String field();

  /// Where in a value a text must be.
  enum Place {
    WHOLE,
    START,
    END,
    ANYWHERE
  }

  /// A text at a place.
  ///
  /// @param text folded unless `cased`
  record Text(String field, Place place, String text, boolean cased) implements Atom {}

  /// Wildcards within a value.
  ///
  /// @param glob folded unless `cased`
  record Wild(String field, Glob glob, boolean cased) implements Atom {}

  /// A regular expression that is found in a value.
  ///
  /// @param source with its flags; two of the same source are the same atom
  record Matches(String field, String source, Regex regex) implements Atom {
    @Override
    public boolean equals(Object other) {
      return other instanceof Matches m && m.field.equals(field) && m.source.equals(source);
    }

    @Override
    public int hashCode() {
      return 31 * field.hashCode() + source.hashCode();
    }
  }

  record InNetwork(String field, Cidr network) implements Atom {}

  enum Comparison {
    LT,
    LTE,
    GT,
    GTE
  }

  record Compares(String field, Comparison comparison, double number) implements Atom {}

  /// The field is not there, or has no value.
  record Absent(String field) implements Atom {}

  /// A value is another field's.
  record Field(String field, String other, Place place, boolean cased) implements Atom {}

  /// Which part of a moment.
  enum Unit {
    MINUTE(ChronoField.MINUTE_OF_HOUR),
    HOUR(ChronoField.HOUR_OF_DAY),
    DAY(ChronoField.DAY_OF_MONTH),
    WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR),
    MONTH(ChronoField.MONTH_OF_YEAR),
    YEAR(ChronoField.YEAR);

    private final TemporalField part;

    Unit(TemporalField part) {
      this.part = part;
    }

    TemporalField part() {
      return part;
    }
  }

  /// A part of a moment, in UTC, is a number.
  record Moment(String field, Unit unit, long number) implements Atom {}
}
