package metron.packets.protocol;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Where carved files go.
public interface FileSink {
  /// Hashes alone are wanted.
  FileSink HASHES =
      new FileSink() {
        @Override
        public @Nullable OutputStream open(String protocol, String name) {
          return null;
        }

        @Override
        public void done(@Nullable OutputStream content, Finding.CarvedFile file) {}
      };

  /// A file begins.
  ///
  /// @return takes its bytes; null, for each file, if only hashes are wanted
  @Nullable OutputStream open(String protocol, String name) throws IOException;

  /// The file is complete, or will never be.
  ///
  /// @param content what [#open] gave for it
  void done(@Nullable OutputStream content, Finding.CarvedFile file) throws IOException;

  /// Largest file that is carved, in bytes.
  default long most() {
    return 256L << 20;
  }
}
