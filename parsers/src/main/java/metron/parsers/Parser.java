package metron.parsers;

import metron.event.RawMessage;

/// Reads one format. Any bytes are fine: what can't be read is a [ParseResult.Rejected], never an exception.
///
/// A parser has no state that one message could leave for the next; instances may be used by one thread at a time.
public interface Parser {
  ParseResult parse(RawMessage raw);
}
