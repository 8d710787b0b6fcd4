/// A small company's traffic, made up and reproducible. In: a seed and a start. Out: raw lines in the true formats of its
/// sensors, among them one intrusion that several sensors see.
///
/// Start at [DemoScenario]; who lives in the company is [Company]; what happens on an ordinary day is [Background], what the
/// intruder does is [Intrusion]; each sensor's format is written by [Lines].
@NullMarked
package metron.demo;

import org.jspecify.annotations.NullMarked;
