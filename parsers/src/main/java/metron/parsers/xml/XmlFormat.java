package metron.parsers.xml;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import metron.config.Section;
import metron.parsers.mapping.Draft;
import metron.parsers.mapping.Format;
import metron.parsers.mapping.FormatPlan;
import metron.parsers.mapping.Mapping;
import metron.parsers.mapping.MappingPlan;
import metron.parsers.mapping.Mappings;
import metron.parsers.mapping.Names;
import metron.parsers.mapping.Node;
import metron.parsers.scan.Bytes;
import org.jspecify.annotations.Nullable;

/// One XML document a message. A value's name is its path of elements below the root, with points: `System.EventID`; an
/// attribute comes behind its element, `System.Provider.Name`. Several documents in one message become an event each.
///
/// Options:
/// - `named`: elements that carry their name in an attribute: `{Data: Name}` makes `<Data Name="User">ann</Data>` the value of
///   `User` beside its siblings; one without the attribute is `Data`;
/// - `type`: the name of the element whose text is the record type.
public final class XmlFormat implements Format {
  private static final int MAX_DEPTH = 32;
  private static final byte[] XMLNS = "xmlns".getBytes(StandardCharsets.UTF_8);

  private final Mappings mappings;
  private final XmlReader xml = new XmlReader();
  private final Names<byte[]> named = new Names<>();
  private final String type;
  private final Node[] nodes = new Node[MAX_DEPTH + 1];

  private XmlFormat(Mappings mappings, Map<String, String> named, String type) {
    this.mappings = mappings;
    this.type = type;
    named.forEach((element, by) -> this.named.put(element, by.getBytes(StandardCharsets.UTF_8)));
  }

  public static FormatPlan compile(Section options, MappingPlan mapping) {
    Map<String, String> named = options.texts("named");
    String type = options.string("type", "");
    return mappings -> new XmlFormat(mappings, named, type);
  }

  @Override
  public boolean read(Draft d) {
    byte[] b = d.bytes();
    int to = Bytes.trimEnd(b, d.from(), d.to());
    int from = Bytes.skipBlanks(b, d.from(), to);
    if (from == to) {
      return d.skip("blank");
    }
    Mapping mapping = mappings.base();
    if (!type.isEmpty()) {
      Mapping typed = typed(b, from, to);
      mapping = typed == null ? mapping : typed;
    }
    xml.open(b, from, to);
    int depth = 0;
    boolean any = false;
    while (true) {
      int token = xml.next();
      switch (token) {
        case XmlReader.START -> {
          if (depth == 0) {
            if (any && !d.next()) {
              return d.reject("more than " + Draft.MAX_EVENTS + " documents", xml.at());
            }
            any = true;
            d.start(mapping);
            nodes[0] = mapping.root();
          } else if (depth >= MAX_DEPTH) {
            return d.reject("elements stand deeper than " + MAX_DEPTH, xml.at());
          } else {
            nodes[depth] = element(b, nodes[depth - 1]);
          }
          attributes(d, b, nodes[depth], depth > 0);
          depth++;
        }
        case XmlReader.TEXT -> {
          int start = xml.textFrom();
          int end = Bytes.trimEnd(b, start, xml.textTo());
          while (start < end && b[start] <= ' ' && b[start] >= 0) {
            start++;
          }
          if (start < end && depth == 0) {
            return d.reject(
                "text \"" + Bytes.excerpt(b, start, end) + "\" outside of an element", start);
          }
          if (start < end) {
            text(d, b, nodes[depth - 1], start, end);
          }
        }
        case XmlReader.END -> {
          if (depth == 0) {
            return d.reject("an end tag without its element", xml.at());
          }
          depth--;
        }
        case XmlReader.DONE -> {
          if (depth > 0 || !any) {
            return d.reject(
                any ? "the document ends inside an element" : "no element found, expected XML",
                xml.at());
          }
          d.endArray();
          return true;
        }
        default -> {
          return d.reject("not XML at byte " + xml.at() + ": expected " + xml.error(), xml.at());
        }
      }
    }
  }

  /// A look ahead for the type: the first element of its name, wherever it stands.
  private @Nullable Mapping typed(byte[] b, int from, int to) {
    byte[] tag = ("<" + type).getBytes(StandardCharsets.UTF_8);
    int at = Bytes.indexOf(b, from, to, tag);
    if (at < 0) {
      return null;
    }
    int open = Bytes.indexOf(b, at, to, '>');
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, to, '<');
    return close > open + 1 ? mappings.of(b, open + 1, close) : null;
  }

  private Node element(byte[] b, Node parent) {
    byte[] by = named.get(b, xml.nameFrom(), xml.nameTo());
    if (by != null) {
      for (int k = 0; k < xml.attributes(); k++) {
        if (Bytes.equals(b, xml.attributeNameFrom(k), xml.attributeNameTo(k), by)
            && xml.attributeFrom(k) < xml.attributeTo(k)) {
          return child(parent, b, xml.attributeFrom(k), xml.attributeTo(k));
        }
      }
    }
    return child(parent, b, xml.nameFrom(), xml.nameTo());
  }

  private static Node child(Node parent, byte[] b, int from, int to) {
    return parent.child(b, from, to, Bytes.hash(b, from, to));
  }

  private void attributes(Draft d, byte[] b, Node node, boolean below) {
    byte[] by = below ? named.get(b, xml.nameFrom(), xml.nameTo()) : null;
    for (int k = 0; k < xml.attributes(); k++) {
      int from = xml.attributeNameFrom(k);
      int to = xml.attributeNameTo(k);
      boolean name = by != null && Bytes.equals(b, from, to, by);
      boolean space = Bytes.startsWith(b, from, to, XMLNS);
      if (!name && !space) {
        text(d, b, child(node, b, from, to), xml.attributeFrom(k), xml.attributeTo(k));
      }
    }
  }

  private void text(Draft d, byte[] b, Node node, int from, int to) {
    if (xml.hasReferences(from, to)) {
      int length = xml.decode(from, to);
      node.target().set(d, xml.decoded(), 0, length);
    } else {
      node.target().set(d, b, from, to);
    }
  }
}
