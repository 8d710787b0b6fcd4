/// Places, and what is known of addresses.
/// In: argument values. Out: a value or a failure. Start at [GeoGet].
///
/// What is known of an address comes from a service of the surroundings, [GeoDatabase] or
/// [AsnDatabase]; without one these functions fail and say so.
@NullMarked
package metron.stellar.functions.geo;

import org.jspecify.annotations.NullMarked;
