/// Keep and find. Ports: [EventStore], [AlertStore]; one sub-package per backend.
@NullMarked
package metron.storage;

import org.jspecify.annotations.NullMarked;
