/// XML records, above all Windows events. In: one document. Out: the texts of its elements and attributes, by their path. Start at
/// [XmlFormat]; [XmlReader] reads tokens, knows no document types and so no entities but the five of the standard.
@NullMarked
package metron.parsers.xml;

import org.jspecify.annotations.NullMarked;
