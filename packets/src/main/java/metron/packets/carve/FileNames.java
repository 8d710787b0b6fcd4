package metron.packets.carve;

/// Names for carved files on a disk: whatever the conversation called them, they stay within one folder.
public final class FileNames {
  private static final int LONGEST = 200;
  private static final String REJECTED = "<>:\"/\\|?*";

  private FileNames() {}

  /// Characters that file systems or shells take amiss become `%` and two digits; never empty, never `.` or `..`.
  ///
  /// @param count 0, or a number that is put before the extension to tell it from another of that name
  public static String safe(String name, int count) {
    StringBuilder safe = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length() && safe.length() < LONGEST; i++) {
      char c = name.charAt(i);
      if (c < 32 || c == 127 || REJECTED.indexOf(c) >= 0) {
        safe.append('%')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        safe.append(c);
      }
    }
    if (safe.isEmpty() || safe.toString().equals(".") || safe.toString().equals("..")) {
      safe.insert(0, "object");
    }
    if (count > 0) {
      int dot = safe.lastIndexOf(".");
      safe.insert(dot < 0 ? safe.length() : dot, "(" + count + ")");
    }
    return safe.toString();
  }
}
