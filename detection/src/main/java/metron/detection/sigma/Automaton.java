package metron.detection.sigma;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// Finds which of many texts are in another, in one pass over it (Aho and Corasick, 1975), or which of them it begins or ends
/// with. Characters are numbered, so that a step is one read of a table of states by characters.
final class Automaton {
  private static final int ASCII = 128;
  private static final int DEAD = -1;

  private final int[] next;
  private final int classes;
  private final short[] ascii;
  private final Map<Character, Short> others;
  private final int[][] found;

  private Automaton(
      int[] next, int classes, short[] ascii, Map<Character, Short> others, int[][] found) {
    this.next = next;
    this.classes = classes;
    this.ascii = ascii;
    this.others = others;
    this.found = found;
  }

  /// Tells the numbers of all texts that are somewhere in `text`; one may be told several times.
  void within(String text, IntConsumer told) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = next[state * classes + number(text.charAt(i))];
      tell(state, told);
    }
  }

  /// Tells the numbers of all texts with which `text` begins; for an automaton that was built for that.
  void atStart(String text, IntConsumer told) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = next[state * classes + number(text.charAt(i))];
      if (state == DEAD) {
        return;
      }
      tell(state, told);
    }
  }

  /// As [#atStart], from the end.
  void atEnd(String text, IntConsumer told) {
    int state = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      state = next[state * classes + number(text.charAt(i))];
      if (state == DEAD) {
        return;
      }
      tell(state, told);
    }
  }

  private void tell(int state, IntConsumer told) {
    for (int number : found[state]) {
      told.accept(number);
    }
  }

  private int number(char c) {
    if (c < ASCII) {
      return ascii[c];
    }
    Short number = others.get(c);
    return number == null ? 0 : number;
  }

  /// Gathers texts.
  static final class Builder {
    private static final class State {
      final TreeMap<Character, Integer> next = new TreeMap<>();
      final List<Integer> found = new ArrayList<>();
    }

    private final List<State> states = new ArrayList<>(List.of(new State()));

    boolean isEmpty() {
      return states.size() == 1;
    }

    void add(CharSequence text, int number) {
      int state = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        Integer to = states.get(state).next.get(c);
        if (to == null) {
          to = states.size();
          states.get(state).next.put(c, to);
          states.add(new State());
        }
        state = to;
      }
      states.get(state).found.add(number);
    }

    /// @param anywhere whether texts are looked for at every place, not only at one end
    Automaton build(boolean anywhere) {
      short[] ascii = new short[ASCII];
      Map<Character, Short> others = new HashMap<>();
      // 0 is every character that no text has.
      int classes = 1;
      for (State state : states) {
        for (char c : state.next.keySet()) {
          if (c < ASCII) {
            if (ascii[c] == 0) {
              ascii[c] = (short) classes++;
            }
          } else if (!others.containsKey(c)) {
            others.put(c, (short) classes++);
          }
        }
      }
      Automaton made =
          new Automaton(
              new int[states.size() * classes], classes, ascii, others, new int[states.size()][]);
      Arrays.fill(made.next, anywhere ? 0 : DEAD);
      int[] fail = new int[states.size()];
      ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
      while (!queue.isEmpty()) {
        int at = queue.removeFirst();
        State state = states.get(at);
        List<Integer> found = new ArrayList<>(state.found);
        if (anywhere && at != 0) {
          // What the longest other beginning finds is found here, too, and where it goes on, this
          // does.
          System.arraycopy(made.next, fail[at] * classes, made.next, at * classes, classes);
          for (int number : made.found[fail[at]]) {
            found.add(number);
          }
        }
        made.found[at] = found.stream().mapToInt(n -> n).toArray();
        for (Map.Entry<Character, Integer> edge : state.next.entrySet()) {
          int slot = at * classes + made.number(edge.getKey());
          fail[edge.getValue()] = anywhere && at != 0 ? made.next[slot] : 0;
          made.next[slot] = edge.getValue();
          queue.addLast(edge.getValue());
        }
      }
      return made;
    }
  }
}
