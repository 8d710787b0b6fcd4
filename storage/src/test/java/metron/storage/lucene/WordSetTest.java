package metron.storage.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;
import metron.event.query.WordText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.lucene.util.BytesRef;

class WordSetTest {
  @Property(tries = 500)
  void hasTheWordsThatFreeTextMeans(@ForAll String text, @ForAll String more) {
    WordSet set = new WordSet();
    set.addAll("left from before");
    set.clear();
    set.addAll(text);
    set.addAll(more);
    set.addAll(text);
    TreeSet<BytesRef> found = new TreeSet<>();
    for (int i = 0; i < set.size(); i++) {
      BytesRef word = new BytesRef();
      set.get(i, word);
      found.add(BytesRef.deepCopyOf(word));
    }
    TreeSet<BytesRef> expected = new TreeSet<>();
    for (String t : new String[] {text, more}) {
      for (String word : WordText.words(t)) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        expected.add(new BytesRef(Arrays.copyOf(bytes, Math.min(bytes.length, WordSet.MAX_WORD))));
      }
    }
    assertThat(found).isEqualTo(expected);
    assertThat(set.size()).isEqualTo(found.size());
  }
}
