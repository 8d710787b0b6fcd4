package metron.stellar.functions.network;

import java.net.IDN;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import metron.stellar.function.Evaluation;

/// The slips that put one domain name in place of another: of the finger (a key beside the right
/// one), of the eye (a letter that looks like it), of memory (a flipped bit), and additions that
/// still look right. The kinds are those of dnstwist.
final class Typos {
  private static final String VOWELS = "aeiou";

  /// Keys next to each other: a key, then its neighbours.
  private static final List<Map<Character, String>> KEYBOARDS =
      List.of(
          keyboard(
              "12q 23wq1 34ew2 45re3 56tr4 67yt5 78uy6 89iu7 90oi8 0po9 q12wa w3esaq2 e4rdsw3"
                  + " r5tfde4 t6ygfr5 y7uhgt6 u8ijhy7 i9okju8 o0plki9 plo0 aqwsz sedxzaw drfcxse"
                  + " ftgvcdr gyhbvft hujnbgy jikmnhu kolmji lkop zasx xzsdc cxdfv vcfgb bvghn nbhjm"
                  + " mnjk"),
          keyboard(
              "12q 23wq1 34ew2 45re3 56tr4 67zt5 78uz6 89iu7 90oi8 0po9 q12wa w3esaq2 e4rdsw3"
                  + " r5tfde4 t6zgfr5 z7uhgt6 u8ijhz7 i9okju8 o0plki9 plo0 aqwsy sedxyaw drfcxse"
                  + " ftgvcdr gzhbvft hujnbgz jikmnhu kolmji lkop yasx xysdc cxdfv vcfgb bvghn nbhjm"
                  + " mnjk"),
          keyboard(
              "12a 23za1 34ez2 45re3 56tr4 67yt5 78uy6 89iu7 90oi8 0po9 a2zq1 z3esqa2 e4rdsz3"
                  + " r5tfde4 t6ygfr5 y7uhgt6 u8ijhy7 i9okju8 o0plki9 plo0m qzswa sedxwqz drfcxse"
                  + " ftgvcdr gyhbvft hujnbgy jiknhu kolji lkopm mlp wsxq xzsdc cxdfv vcfgb bvghn"
                  + " nbhj"));

  /// Letters that look alike: a letter, then what may stand for it.
  private static final Map<Character, List<String>> GLYPHS =
      glyphs(
          """
          a à á â ã ä å ɑ а ạ ǎ ă ȧ ӓ
          b d lb ib ʙ Ь b̔ ɓ Б
          c ϲ с ƈ ċ ć ç
          d b cl dl di ԁ ժ ɗ đ
          e é ê ë ē ĕ ě ė е ẹ ę є ϵ ҽ
          f Ϝ ƒ Ғ
          g q ɢ ɡ Ԍ ġ ğ ց ǵ ģ
          h lh ih һ հ Ꮒ н
          i 1 l Ꭵ í ï ı ɩ ι ꙇ ǐ ĭ
          j ј ʝ ϳ ɉ
          k lk ik lc κ ⲕ
          l 1 i ɫ ł
          m n nn rn rr ṃ ᴍ м ɱ
          n m r ń
          o 0 Ο ο О о Օ ȯ ọ ỏ ơ ó ö ӧ
          p ρ р ƿ Ϸ Þ
          q g զ ԛ գ ʠ
          r ʀ Г ᴦ ɼ ɽ
          s Ⴝ Ꮪ ʂ ś ѕ
          t τ т ţ
          u μ υ Ս ս ц ᴜ ǔ ŭ
          v ѵ ν v̇
          w vv ѡ ա ԝ
          x х ҳ ẋ
          y ʏ γ у Ү ý
          z ʐ ż ź ᴢ
          """);

  private final Evaluation evaluation;
  private final String name;
  private final Set<Object> found = new LinkedHashSet<>();

  private Typos(Evaluation evaluation, String name) {
    this.evaluation = evaluation;
    this.name = name;
  }

  /// @param name a domain without its subdomains and its public suffix
  static Set<Object> of(Evaluation evaluation, String name) {
    Typos typos = new Typos(evaluation, name);
    typos.additions();
    typos.flippedBits();
    typos.glyphs();
    typos.splits();
    typos.neighbours();
    typos.letters();
    return typos.found;
  }

  private static Map<Character, String> keyboard(String keys) {
    Map<Character, String> neighbours = new HashMap<>();
    for (String key : keys.split(" ")) {
      neighbours.put(key.charAt(0), key.substring(1));
    }
    return neighbours;
  }

  private static Map<Character, List<String>> glyphs(String lines) {
    Map<Character, List<String>> glyphs = new LinkedHashMap<>();
    lines
        .lines()
        .forEach(line -> glyphs.put(line.charAt(0), List.of(line.substring(2).split(" "))));
    return glyphs;
  }

  private void add(String typo) {
    evaluation.step();
    evaluation.allocate(90 + 2L * typo.length());
    found.add(typo);
  }

  private String with(int from, String part, int to) {
    return name.substring(0, from) + part + name.substring(to);
  }

  private void additions() {
    for (char c = 'a'; c <= 'z'; c++) {
      add(name + c);
    }
  }

  private void flippedBits() {
    for (int i = 0; i < name.length(); i++) {
      for (int bit = 1; bit < 256; bit <<= 1) {
        char c = (char) (name.charAt(i) ^ bit);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-') {
          add(with(i, String.valueOf(c), i + 1));
        }
      }
    }
  }

  private void splits() {
    for (int i = 1; i < name.length(); i++) {
      add(with(i, "-", i));
      if (".-".indexOf(name.charAt(i)) < 0 && ".-".indexOf(name.charAt(i - 1)) < 0) {
        add(with(i, ".", i));
      }
    }
  }

  private void neighbours() {
    for (int i = 0; i < name.length(); i++) {
      char own = name.charAt(i);
      for (Map<Character, String> keyboard : KEYBOARDS) {
        String near = keyboard.getOrDefault(own, "");
        for (int k = 0; k < near.length(); k++) {
          char c = near.charAt(k);
          add(with(i, String.valueOf(c), i + 1));
          if (i > 0 && i < name.length() - 1) {
            add(with(i, "" + c + own, i + 1));
            add(with(i, "" + own + c, i + 1));
          }
        }
      }
    }
  }

  private void letters() {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      add(with(i, "", i + 1));
      if (Character.isLetter(c)) {
        add(with(i, "" + c + c, i + 1));
      }
      if (i + 1 < name.length() && name.charAt(i + 1) != c) {
        add(with(i, "" + name.charAt(i + 1) + c, i + 2));
      }
      if (VOWELS.indexOf(c) >= 0) {
        for (int v = 0; v < VOWELS.length(); v++) {
          add(with(i, VOWELS.substring(v, v + 1), i + 1));
        }
      }
    }
  }

  /// Replaces a letter wherever it stands in some stretch of the name, short of the whole of it.
  private void glyphs() {
    String readable = ace(name) ? IDN.toUnicode(name) : name;
    for (Map.Entry<Character, List<String>> glyph : GLYPHS.entrySet()) {
      char letter = glyph.getKey();
      for (int a = readable.indexOf(letter); a >= 0; a = readable.indexOf(letter, a + 1)) {
        for (int b = a; b >= 0 && b - a + 1 < readable.length(); b = next(readable, letter, b)) {
          for (String alike : glyph.getValue()) {
            evaluation.steps(4);
            String stretch = readable.substring(a, b + 1).replace(String.valueOf(letter), alike);
            String typo = readable.substring(0, a) + stretch + readable.substring(b + 1);
            add(typo);
            addAscii(typo);
          }
        }
      }
    }
  }

  private static int next(String text, char letter, int from) {
    return text.indexOf(letter, from + 1);
  }

  private void addAscii(String typo) {
    if (ace(typo)) {
      return;
    }
    try {
      String ascii = IDN.toASCII(typo, IDN.ALLOW_UNASSIGNED);
      if (!typo.equals(ascii)) {
        add(ascii);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      // Too long in this form: nobody can register it.
      return;
    }
  }

  private static boolean ace(String domain) {
    String lower = domain.toLowerCase(Locale.ROOT);
    return lower.startsWith("xn--") || lower.contains(".xn--");
  }
}
