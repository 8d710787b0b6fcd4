/// Tests of the built product: real processes of `bin/metron`, run when the distribution is there (`mvn verify`, not `mvn test`).
@NullMarked
package metron.app.process;

import org.jspecify.annotations.NullMarked;
