/// From what a source calls a value to the field that ECS names. In: pairs of a source path and bytes, from any format. Out:
/// an event with typed fields. A sensor's definition is compiled once ([MappingPlan]) and opened for each parser
/// ([Mappings]), so that a line costs hash look-ups and no interpretation. Start at [Format] and [Draft].
@NullMarked
package metron.parsers.mapping;

import org.jspecify.annotations.NullMarked;
