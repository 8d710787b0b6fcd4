/// Events to and from JSON, at the edges only.
@NullMarked
package metron.event.json;

import org.jspecify.annotations.NullMarked;
