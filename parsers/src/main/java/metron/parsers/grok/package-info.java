/// Lines described by Grok patterns. In: one line, and patterns such as `%{IP:client} %{WORD:verb}`. Out: the captures, by
/// name. Start at [GrokFormat]; [Grok] compiles a pattern, the standard set is the resource `patterns`.
@NullMarked
package metron.parsers.grok;

import org.jspecify.annotations.NullMarked;
