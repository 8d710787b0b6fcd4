package metron.pipeline.intake;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A file, a folder (every file directly in it) or a pattern with `*`, `?`, `[…]`, `{a,b}` and `**`.
///
/// Compressed files found by a folder or pattern are left out: they are what rotation makes of a file that was read
/// already. Hidden files are left out too.
final class PathPattern {
  private static final List<String> COMPRESSED =
      List.of(".gz", ".zst", ".xz", ".bz2", ".lz4", ".zip");
  private static final int DEEPEST = 16;

  private final Path root;
  private final @Nullable PathMatcher matcher;
  private final boolean deep;

  PathPattern(String text) {
    int wild = firstWild(text);
    if (wild < 0) {
      root = Path.of(text);
      matcher = null;
      deep = false;
    } else {
      int slash = text.lastIndexOf('/', wild);
      root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : text.substring(0, slash));
      matcher = root.getFileSystem().getPathMatcher("glob:" + text);
      deep = text.indexOf('/', Math.max(slash + 1, wild)) >= 0 || text.contains("**");
    }
  }

  private static int firstWild(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[{".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /// Adds the regular files that are there now. A folder that cannot be read, or that vanishes meanwhile, gives none.
  void find(Collection<Path> found) throws IOException {
    if (matcher == null && Files.isRegularFile(root)) {
      found.add(root);
      return;
    }
    if (!Files.isDirectory(root)) {
      return;
    }
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && wanted(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(
        root,
        java.util.EnumSet.of(java.nio.file.FileVisitOption.FOLLOW_LINKS),
        deep ? DEEPEST : 1,
        visitor);
  }

  private boolean wanted(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith(".")) {
      return false;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    for (String end : COMPRESSED) {
      if (lower.endsWith(end)) {
        return false;
      }
    }
    return matcher == null || matcher.matches(file);
  }

  /// Whether the text can be a pattern at all.
  static boolean valid(String text) {
    try {
      return new PathPattern(text).root != null;
    } catch (InvalidPathException | java.util.regex.PatternSyntaxException e) {
      return false;
    }
  }
}
