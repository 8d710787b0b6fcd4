package metron.event.binary;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metron.event.Event;
import metron.event.Field;
import metron.event.FieldCatalogue;
import metron.event.FieldType;
import metron.event.IpAddress;
import metron.event.Timestamp;
import metron.event.Values;
import org.jspecify.annotations.Nullable;

/// An event as bytes: exact, and some 40 % of its JSON (242 for 612 bytes, a connection with its original line).
///
/// ```text
/// event  = version[1] count:varint slot*
/// slot   = key:varint (name:text if key is 0) shape[1] value*
/// key    = 0 for a field by name, else the id of a field of fields.tsv + 1
/// shape  = type (bits 0-2: STRING 0, LONG 1, DOUBLE 2, BOOLEAN 3, INSTANT 4, IP 5), single 0 / null 8 / list 16; a list has count:varint before its values
/// STRING = text; LONG = varint, zigzag; DOUBLE = 8 bytes; BOOLEAN = 1 byte; INSTANT = 8 bytes, nanoseconds
/// IP     = 4 then 4 bytes, or 16 then 16 bytes
/// text   = header:varint, then header / 2 bytes, UTF-8 if header is even; UTF-16BE if it is odd (a lone surrogate)
/// varint = 7 bits a byte, lowest first, high bit on all but the last
/// ```
/// All in network byte order. To a stream the event is written with its length before it, 4 bytes.
///
/// Ids are those of the shipped list, whose lines never move; a field that a sensor registered goes by name, since its id
/// belongs to one process. The type is written with each slot, so an event stays readable when a later release knows
/// a field better: the value is then converted, or kept outside the catalogue.
///
/// Any bytes may be read: what is not an event is a [CorruptEventException], and no more memory is taken than a small
/// multiple of the bytes that are there.
public final class EventCodec {
  /// The largest event taken.
  public static final int MAX_BYTES = 64 << 20;

  private static final int VERSION = 1;
  private static final int NULL = 8;
  private static final int LIST = 16;
  // By code on the wire; a position never changes its meaning.
  private static final FieldType[] TYPES = {
    FieldType.STRING,
    FieldType.LONG,
    FieldType.DOUBLE,
    FieldType.BOOLEAN,
    FieldType.INSTANT,
    FieldType.IP
  };
  private static final Field[] SHIPPED = FieldCatalogue.get().shipped();

  private EventCodec() {}

  public static void write(Event event, DataOutput out) throws IOException {
    Writer writer = new Writer();
    writer.event(event);
    out.writeInt(writer.size);
    out.write(writer.bytes, 0, writer.size);
  }

  /// @throws CorruptEventException if it is not an event, or the stream ends before it does
  public static Event read(DataInput in) throws IOException {
    try {
      byte[] bytes = readBytes(in);
      return read(bytes);
    } catch (EOFException e) {
      throw new CorruptEventException("the stream ends within an event", e);
    }
  }

  /// Copies an event from one stream to another without decoding it.
  public static void copy(DataInput in, DataOutput out) throws IOException {
    byte[] bytes = readBytes(in);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new CorruptEventException(
          "length of an event is " + length + ", expected 0 to " + MAX_BYTES);
    }
    // A hostile length must not take memory that the stream has no bytes for.
    byte[] bytes = new byte[Math.min(length, 1 << 16)];
    int have = 0;
    while (true) {
      in.readFully(bytes, have, bytes.length - have);
      have = bytes.length;
      if (have == length) {
        return bytes;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * have));
    }
  }

  /// The event without the length before it.
  public static byte[] bytes(Event event) {
    Writer writer = new Writer();
    writer.event(event);
    return Arrays.copyOf(writer.bytes, writer.size);
  }

  /// Writes one event after the other to memory that is used again.
  public static final class Encoder {
    private final Writer writer = new Writer();

    /// The same bytes as [EventCodec#bytes(Event)]: they are in [#array], from 0, until the next call.
    ///
    /// @return how many
    public int encode(Event event) {
      writer.size = 0;
      writer.event(event);
      return writer.size;
    }

    public byte[] array() {
      return writer.bytes;
    }
  }

  /// Reads what [#bytes(Event)] wrote.
  public static Event read(byte[] bytes) throws CorruptEventException {
    return read(bytes, 0, bytes.length);
  }

  public static Event read(byte[] bytes, int from, int to) throws CorruptEventException {
    return new Reader(bytes, from, to).event();
  }

  private static int code(FieldType type) {
    return switch (type) {
      case STRING -> 0;
      case LONG -> 1;
      case DOUBLE -> 2;
      case BOOLEAN -> 3;
      case INSTANT -> 4;
      case IP -> 5;
    };
  }

  private static final class Writer {
    byte[] bytes = new byte[512];
    int size;

    void event(Event event) {
      room(8);
      bytes[size++] = VERSION;
      varint(event.size());
      for (int i = 0; i < event.size(); i++) {
        Field field = event.fieldAt(i);
        int id = field.id();
        if (id >= 0 && id < SHIPPED.length) {
          varint(id + 1);
        } else {
          varint(0);
          text(field.name());
        }
        int type = code(field.type());
        room(10);
        Object ref = event.refAt(i);
        if (ref instanceof List<?> list) {
          bytes[size++] = (byte) (type | LIST);
          varint(list.size());
          for (Object item : list) {
            boxed(item);
          }
        } else if (ref != null) {
          bytes[size++] = (byte) type;
          boxed(ref);
        } else if (event.isNullAt(i)) {
          bytes[size++] = (byte) (type | NULL);
        } else {
          bytes[size++] = (byte) type;
          bits(field.type(), event.bitsAt(i));
        }
      }
    }

    private void boxed(Object value) {
      switch (value) {
        case String s -> text(s);
        case IpAddress ip -> address(ip);
        case Long l -> bits(FieldType.LONG, l);
        case Double d -> bits(FieldType.DOUBLE, Double.doubleToRawLongBits(d));
        case Boolean b -> bits(FieldType.BOOLEAN, b ? 1 : 0);
        case Instant t -> bits(FieldType.INSTANT, Values.nanos(t));
        default ->
            throw new IllegalArgumentException(
                "an event holds no " + value.getClass().getSimpleName());
      }
    }

    private void bits(FieldType type, long value) {
      room(10);
      switch (type) {
        case LONG -> {
          long v = (value << 1) ^ (value >> 63);
          while ((v & ~0x7fL) != 0) {
            bytes[size++] = (byte) (v | 0x80);
            v >>>= 7;
          }
          bytes[size++] = (byte) v;
        }
        case BOOLEAN -> bytes[size++] = (byte) value;
        case DOUBLE, INSTANT, STRING, IP -> eight(value);
      }
    }

    private void eight(long value) {
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes[size++] = (byte) (value >> shift);
      }
    }

    private void address(IpAddress ip) {
      room(17);
      if (ip.isV4()) {
        bytes[size++] = 4;
        for (int shift = 24; shift >= 0; shift -= 8) {
          bytes[size++] = (byte) (ip.v4Bits() >> shift);
        }
      } else {
        bytes[size++] = 16;
        eight(ip.high());
        eight(ip.low());
      }
    }

    private void text(String text) {
      int length = text.length();
      room(length + 10);
      int start = size;
      varint(2L * length);
      byte[] out = bytes;
      int at = size;
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        if (c >= 0x80) {
          size = start;
          beyondAscii(text);
          return;
        }
        out[at + i] = (byte) c;
      }
      size = at + length;
    }

    private void beyondAscii(String text) {
      int length = text.length();
      boolean wellFormed = true;
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        if (Character.isSurrogate(c)) {
          if (Character.isHighSurrogate(c)
              && i + 1 < length
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            i++;
          } else {
            wellFormed = false;
            break;
          }
        }
      }
      byte[] encoded =
          text.getBytes(wellFormed ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII);
      if (!wellFormed) {
        // Charsets replace lone surrogates, so the characters are written by hand.
        encoded = new byte[2 * length];
        for (int i = 0; i < length; i++) {
          encoded[2 * i] = (byte) (text.charAt(i) >> 8);
          encoded[2 * i + 1] = (byte) text.charAt(i);
        }
      }
      room(encoded.length + 6);
      varint(encoded.length * 2L + (wellFormed ? 0 : 1));
      System.arraycopy(encoded, 0, bytes, size, encoded.length);
      size += encoded.length;
    }

    private void varint(long value) {
      room(10);
      if (value >= 0 && value < 0x80) {
        bytes[size++] = (byte) value;
        return;
      }
      long v = value;
      while ((v & ~0x7fL) != 0) {
        bytes[size++] = (byte) (v | 0x80);
        v >>>= 7;
      }
      bytes[size++] = (byte) v;
    }

    private void room(int more) {
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
      }
    }
  }

  private static final class Reader {
    private final byte[] bytes;
    private final int to;
    private int at;

    Reader(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.to = to;
      at = from;
    }

    Event event() throws CorruptEventException {
      int version = one();
      if (version != VERSION) {
        throw new CorruptEventException(
            "version of the event is " + version + ", expected " + VERSION);
      }
      int count = count(2);
      Event event = new Event();
      for (int i = 0; i < count; i++) {
        slot(event);
      }
      if (at != to) {
        throw new CorruptEventException((to - at) + " bytes are left after the event");
      }
      return event;
    }

    private void slot(Event event) throws CorruptEventException {
      long key = varint();
      String name = null;
      if (key == 0) {
        name = text();
      } else if (key < 0 || key > SHIPPED.length) {
        throw new CorruptEventException(
            "field id is " + (key - 1) + ", expected below " + SHIPPED.length);
      }
      int shape = one();
      int code = shape & 7;
      int form = shape & ~7;
      if (code >= TYPES.length || (form != 0 && form != NULL && form != LIST)) {
        throw new CorruptEventException("shape of a value is " + shape + ", which is none known");
      }
      FieldType type = TYPES[code];
      Field field =
          name == null ? SHIPPED[(int) key - 1] : FieldCatalogue.get().fieldOr(name, type);
      if (form == NULL) {
        event.setNull(field);
        return;
      }
      if (form == 0 && field.type() == type) {
        switch (type) {
          case STRING -> event.set(field, text());
          case LONG -> event.set(field, zigzag());
          case DOUBLE -> event.set(field, Double.longBitsToDouble(eight()));
          case BOOLEAN -> event.set(field, one() != 0);
          case INSTANT -> event.setNanos(field, nanos());
          case IP -> event.set(field, address());
        }
        return;
      }
      Object value;
      if (form == LIST) {
        int count = count(1);
        List<Object> list = new ArrayList<>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
          list.add(boxed(type));
        }
        value = list;
      } else {
        value = boxed(type);
      }
      set(event, field, type, value);
    }

    private static void set(Event event, Field field, FieldType written, Object value) {
      @Nullable Object fitting = field.type() == written ? value : Values.convert(field, value);
      if (fitting != null) {
        event.setBoxed(field, fitting);
      } else {
        Field outside = FieldCatalogue.get().fieldOr("unmapped." + field.name(), written);
        Object kept = Values.convert(outside, value);
        if (kept != null) {
          event.setBoxed(outside, kept);
        }
      }
    }

    private Object boxed(FieldType type) throws CorruptEventException {
      return switch (type) {
        case STRING -> text();
        case LONG -> zigzag();
        case DOUBLE -> Double.longBitsToDouble(eight());
        case BOOLEAN -> one() != 0;
        case INSTANT -> Values.instant(nanos());
        case IP -> address();
      };
    }

    private long nanos() throws CorruptEventException {
      long nanos = eight();
      if (nanos == Timestamp.NONE) {
        throw new CorruptEventException("a moment is out of range");
      }
      return nanos;
    }

    private String text() throws CorruptEventException {
      long header = varint();
      long length = header >>> 1;
      if (header < 0 || length > to - at) {
        throw new CorruptEventException(
            "a text has " + length + " bytes, expected at most the " + (to - at) + " left");
      }
      int start = at;
      at += (int) length;
      if ((header & 1) == 0) {
        return new String(bytes, start, (int) length, StandardCharsets.UTF_8);
      }
      char[] chars = new char[(int) length / 2];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = (char) ((bytes[start + 2 * i] & 255) << 8 | (bytes[start + 2 * i + 1] & 255));
      }
      return new String(chars);
    }

    private IpAddress address() throws CorruptEventException {
      int length = one();
      if (length == 4) {
        need(4);
        int bits = 0;
        for (int i = 0; i < 4; i++) {
          bits = bits << 8 | (bytes[at++] & 255);
        }
        return IpAddress.v4(bits);
      }
      if (length != 16) {
        throw new CorruptEventException("an address has " + length + " bytes, expected 4 or 16");
      }
      long high = eight();
      return new IpAddress(high, eight());
    }

    private long eight() throws CorruptEventException {
      need(8);
      long value = 0;
      for (int i = 0; i < 8; i++) {
        value = value << 8 | (bytes[at++] & 255);
      }
      return value;
    }

    private long zigzag() throws CorruptEventException {
      long v = varint();
      return (v >>> 1) ^ -(v & 1);
    }

    /// @param least bytes that each of the counted things takes, so that a count can't promise more than is there
    private int count(int least) throws CorruptEventException {
      long count = varint();
      if (count < 0 || count > (to - at) / least) {
        throw new CorruptEventException(
            "a count is " + count + ", more than the " + (to - at) + " bytes left can hold");
      }
      return (int) count;
    }

    private long varint() throws CorruptEventException {
      long value = 0;
      for (int shift = 0; shift < 70; shift += 7) {
        int b = one();
        value |= (long) (b & 0x7f) << shift;
        if (b < 0x80) {
          return value;
        }
      }
      throw new CorruptEventException("a number has more than 10 bytes");
    }

    private int one() throws CorruptEventException {
      need(1);
      return bytes[at++] & 255;
    }

    private void need(int count) throws CorruptEventException {
      if (to - at < count) {
        throw new CorruptEventException("the event ends in the middle");
      }
    }
  }
}
