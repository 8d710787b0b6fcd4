package metron.packets.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import metron.packets.stream.Gap;
import org.jspecify.annotations.Nullable;

/// SMB over TCP (MS-SMB2; of SMB 1, MS-SMB, the names alone): which shares and files were asked for, and the files that were read
/// or written whole. Answers may come in any order; what comes before its place in a file waits, bounded by the common budget.
///
/// Messages are at most 9 MiB; 1,024 requests and 256 open files are followed, the oldest make room.
final class SmbStream extends StreamAnalyser {
  private static final int MOST_MESSAGE = 9 << 20;
  private static final int MOST_REQUESTS = 1024;
  private static final int MOST_FILES = 256;
  private static final int MOST_CHAINED = 64;
  private static final long PENDING = 0x103;
  private static final int DFS_REFERRALS = 0x00060194;

  private static final int TREE_CONNECT = 3;
  private static final int CREATE = 5;
  private static final int CLOSE = 6;
  private static final int READ = 8;
  private static final int WRITE = 9;
  private static final int IOCTL = 11;
  private static final int FIND = 14;

  private record FileId(long persistent, long transientId) {}

  /// What an answer to come belongs to: the name of a file to be opened, or the place that is read.
  private record Request(String name, @Nullable FileId file, long offset) {}

  private static final class OpenFile {
    private final String name;
    private final long size;
    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private @Nullable Carver carver;
    private long next;
    private boolean holes;

    OpenFile(String name, long size) {
      this.name = name;
      this.size = size;
    }
  }

  private final Buffer[] buffers;
  private final boolean[] lost = new boolean[2];
  private final LinkedHashMap<Long, Request> requests = new LinkedHashMap<>();
  private final LinkedHashMap<FileId, OpenFile> files = new LinkedHashMap<>();

  SmbStream(Scene scene) {
    super(scene);
    buffers =
        new Buffer[] {
          new Buffer(scene.budget, MOST_MESSAGE), new Buffer(scene.budget, MOST_MESSAGE)
        };
  }

  static boolean looksLike(byte[] b, int offset, int end) {
    return end - offset >= 8
        && b[offset] == 0
        && ((b[offset + 4] & 255) == 0xfe || (b[offset + 4] & 255) == 0xff)
        && b[offset + 5] == 'S'
        && b[offset + 6] == 'M'
        && b[offset + 7] == 'B';
  }

  @Override
  void data(int side, byte[] bytes, int offset, int length) {
    Buffer buffer = buffers[side];
    if (lost[side] || !buffer.add(bytes, offset, length)) {
      lost[side] = true;
      return;
    }
    int at = 0;
    while (buffer.length() - at >= 4) {
      int size = Names.u24(buffer.bytes(), at + 1);
      if (size > MOST_MESSAGE - 4) {
        lost[side] = true;
        buffer.release();
        return;
      }
      if (buffer.length() - at - 4 < size) {
        break;
      }
      message(side, buffer.bytes(), at + 4, at + 4 + size);
      at += 4 + size;
    }
    if (at > 0) {
      buffer.drop(at);
    }
  }

  private void message(int side, byte[] b, int begin, int end) {
    int at = begin;
    for (int i = 0; i < MOST_CHAINED; i++) {
      if (end - at < 36 || b[at + 1] != 'S' || b[at + 2] != 'M' || b[at + 3] != 'B') {
        return;
      }
      if ((b[at] & 255) == 0xff) {
        one(side, b, at, end);
        return;
      }
      if ((b[at] & 255) != 0xfe || end - at < 66) {
        return;
      }
      long next = Names.le32(b, at + 20);
      int stop = next > 0 && next < end - at ? (int) (at + next) : end;
      two(side, b, at, stop);
      if (stop == end) {
        return;
      }
      at = stop;
    }
  }

  private void two(int side, byte[] b, int h, int end) {
    int command = Names.le16(b, h + 12);
    boolean answer = (b[h + 16] & 1) != 0;
    long status = Names.le32(b, h + 8);
    long id = Names.le64(b, h + 24);
    int body = h + 64;
    if (answer) {
      if (status == PENDING) {
        return;
      }
      Request request = requests.remove(id);
      if (request != null && status == 0) {
        answer(side, command, request, b, h, body, end);
      }
      return;
    }
    switch (command) {
      case TREE_CONNECT -> name("tree_connect", side, b, h, body + 4, end);
      case CREATE -> {
        if (end - body >= 48) {
          String name = name("create", side, b, h, body + 44, end);
          ask(id, new Request(name, null, 0));
        }
      }
      case READ -> {
        if (end - body >= 32) {
          ask(id, new Request("", fileId(b, body + 16), Names.le64(b, body + 8)));
        }
      }
      case WRITE -> {
        if (end - body >= 32) {
          int from = h + Names.le16(b, body + 2);
          long length = Names.le32(b, body + 4);
          content(side, fileId(b, body + 16), Names.le64(b, body + 8), b, from, length, end);
        }
      }
      case CLOSE -> {
        if (end - body >= 24) {
          OpenFile file = files.remove(fileId(b, body + 8));
          if (file != null) {
            finish(file);
          }
        }
      }
      case IOCTL -> {
        if (end - body >= 32 && Names.le32(b, body + 4) == DFS_REFERRALS) {
          long from = h + Names.le32(b, body + 24) + 2;
          long length = Names.le32(b, body + 28) - 2;
          if (length > 0 && from >= body && from + length <= end) {
            String text = Names.utf16(b, (int) from, (int) (from + length));
            int zero = text.indexOf('\0');
            found(side, "referral", zero < 0 ? text : text.substring(0, zero));
          }
        }
      }
      case FIND -> name("find", side, b, h, body + 24, end);
      default -> {}
    }
  }

  private static FileId fileId(byte[] b, int at) {
    return new FileId(Names.le64(b, at), Names.le64(b, at + 8));
  }

  private void ask(long id, Request request) {
    if (requests.size() >= MOST_REQUESTS) {
      requests.pollFirstEntry();
    }
    requests.put(id, request);
  }

  /// @param at of an offset[2] from the header and a length[2]
  private String name(String operation, int side, byte[] b, int h, int at, int end) {
    if (end - at < 4) {
      return "";
    }
    int from = h + Names.le16(b, at);
    int to = from + Names.le16(b, at + 2);
    if (from < h || to > end || to <= from) {
      return "";
    }
    String name = Names.utf16(b, from, to);
    found(side, operation, name);
    return name;
  }

  private void found(int side, String operation, String name) {
    if (!name.isEmpty()) {
      scene.found(side, new Finding.SmbName(operation, name));
    }
  }

  private void answer(int side, int command, Request request, byte[] b, int h, int body, int end) {
    if (command == CREATE && end - body >= 80) {
      if (files.size() >= MOST_FILES) {
        Map.Entry<FileId, OpenFile> oldest = files.pollFirstEntry();
        if (oldest != null) {
          finish(oldest.getValue());
        }
      }
      files.put(fileId(b, body + 64), new OpenFile(request.name(), Names.le64(b, body + 48)));
    } else if (command == READ && end - body >= 16 && request.file() != null) {
      int from = h + (b[body + 2] & 255);
      content(side, request.file(), request.offset(), b, from, Names.le32(b, body + 4), end);
    }
  }

  private void content(int side, FileId id, long offset, byte[] b, int from, long length, int end) {
    OpenFile file = files.get(id);
    if (file == null || length <= 0 || from < 0 || from + length > end || offset < 0) {
      return;
    }
    if (file.carver == null) {
      file.carver = scene.carve(side, "smb", "\\" + file.name, "");
      if (file.carver == null) {
        return;
      }
    }
    int n = (int) length;
    if (offset > file.next) {
      if (file.early.size() < 4096 && !file.early.containsKey(offset) && scene.budget.take(n)) {
        file.early.put(offset, java.util.Arrays.copyOfRange(b, from, from + n));
      } else {
        file.holes = true;
      }
      return;
    }
    write(file, offset, b, from, n);
    Map.Entry<Long, byte[]> first = file.early.firstEntry();
    while (first != null && first.getKey() <= file.next) {
      file.early.pollFirstEntry();
      scene.budget.give(first.getValue().length);
      write(file, first.getKey(), first.getValue(), 0, first.getValue().length);
      first = file.early.firstEntry();
    }
  }

  private static void write(OpenFile file, long offset, byte[] b, int from, int length) {
    Carver carver = file.carver;
    long known = file.next - offset;
    if (carver != null && known < length) {
      carver.write(b, (int) (from + known), (int) (length - known));
      file.next = offset + length;
    }
  }

  private void finish(OpenFile file) {
    file.early.values().forEach(piece -> scene.budget.give(piece.length));
    Carver carver = file.carver;
    if (carver != null) {
      carver.finish(!file.holes && file.early.isEmpty() && file.next >= file.size);
      file.carver = null;
    }
  }

  /// SMB 1: parameter words, then bytes with the name, aligned to two where it is Unicode.
  private void one(int side, byte[] b, int h, int end) {
    int command = b[h + 4] & 255;
    boolean answer = (b[h + 9] & 0x80) != 0;
    boolean unicode = (Names.le16(b, h + 10) & 0x8000) != 0;
    if (answer || (command != 0xa2 && command != 0x75)) {
      return;
    }
    int words = b[h + 32] & 255;
    int data = h + 33 + words * 2 + 2;
    if (data >= end) {
      return;
    }
    int at = data;
    if (command == 0x75 && words >= 4) {
      // A password stands before the path.
      at += Names.le16(b, h + 33 + 6);
    }
    if (unicode && ((at - h) & 1) == 1) {
      at++;
    }
    int stop = at;
    int step = unicode ? 2 : 1;
    while (stop + step <= end && (b[stop] != 0 || (unicode && b[stop + 1] != 0))) {
      stop += step;
    }
    if (at < stop) {
      String name = unicode ? Names.utf16(b, at, stop) : Names.latin(b, at, stop);
      found(side, command == 0x75 ? "tree_connect" : "create", name);
    }
  }

  @Override
  void gap(int side, long length, Gap why) {
    lost[side] = true;
    buffers[side].release();
    files.values().forEach(file -> file.holes = true);
  }

  @Override
  void close() {
    buffers[0].release();
    buffers[1].release();
    files.values().forEach(this::finish);
    files.clear();
  }
}
