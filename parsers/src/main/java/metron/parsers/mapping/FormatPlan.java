package metron.parsers.mapping;

import metron.config.Section;

/// A format as a sensor's definition asks for it: checked once, opened for each parser.
@FunctionalInterface
public interface FormatPlan {
  /// A new link with its own buffers.
  Format open(Mappings mappings);

  /// Reads a format's options out of a definition. Faults go to the section; [Section#finish] is called by the caller.
  @FunctionalInterface
  interface Compiler {
    FormatPlan compile(Section options, MappingPlan mapping);
  }
}
