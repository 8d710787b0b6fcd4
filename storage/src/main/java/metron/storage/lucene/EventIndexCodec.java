package metron.storage.lucene;

import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene90.compressing.Lucene90CompressingStoredFieldsFormat;

/// Lucene's codec, but with stored events in blocks of [#BLOCK] bytes that zstd compresses ([ZstdBlocks]).
///
/// Lucene finds it by its name, which segments carry, through `META-INF/services`; so the class is public.
public final class EventIndexCodec extends FilterCodec {
  /// Some thirty events: what compresses well together, and what reading one event costs.
  static final int BLOCK = 32 * 1024;

  private static final int MAX_EVENTS = 512;
  // Pointers to that many blocks share one piece of the index of blocks.
  private static final int POINTERS = 10;

  private final StoredFieldsFormat stored =
      new Lucene90CompressingStoredFieldsFormat(
          "MetronZstd", new ZstdBlocks(), BLOCK, MAX_EVENTS, POINTERS);

  public EventIndexCodec() {
    super("MetronEvents", new Lucene104Codec());
  }

  @Override
  public StoredFieldsFormat storedFieldsFormat() {
    return stored;
  }
}
