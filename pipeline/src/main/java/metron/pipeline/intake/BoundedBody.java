package metron.pipeline.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A request body, expanded, that ends with [TooLarge] above its maximum: a few kilobytes of gzip can stand for gigabytes.
final class BoundedBody extends FilterInputStream {
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    TooLarge(long maximum) {
      super("the body has more than " + maximum + " bytes when expanded: send it in smaller parts");
    }
  }

  private final long maximum;
  private long left;

  BoundedBody(InputStream in, long maximum) {
    super(in);
    this.maximum = maximum;
    this.left = maximum;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] b, int off, int len) throws IOException {
    int n = super.read(b, off, len);
    if (n > 0) {
      left -= n;
      if (left < 0) {
        throw new TooLarge(maximum);
      }
    }
    return n;
  }
}
