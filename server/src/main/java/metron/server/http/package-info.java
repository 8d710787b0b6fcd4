/// What all endpoints share: one kind of error ([Problem]), limits on what comes in, cursors, moments, JSON. In: a request.
/// Out: the request, checked, or a problem that tells the way out. Start at [Problem].
@NullMarked
package metron.server.http;

import org.jspecify.annotations.NullMarked;
