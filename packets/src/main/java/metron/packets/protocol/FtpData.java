package metron.packets.protocol;

import metron.packets.stream.Gap;
import org.jspecify.annotations.Nullable;

/// The data connection of an FTP transfer: nothing but the file.
final class FtpData extends StreamAnalyser {
  private final FtpTransfers.Transfer transfer;
  private final @Nullable Carver[] carvers = new @Nullable Carver[2];
  private boolean holes;

  FtpData(Scene scene, FtpTransfers.Transfer transfer) {
    super(scene);
    this.transfer = transfer;
  }

  private @Nullable Carver carver(int side) {
    Carver carver = carvers[side];
    if (carver == null && transfer.isFile()) {
      carver = scene.carve(side, "ftp-data", transfer.name(), "");
      carvers[side] = carver;
    }
    return carver;
  }

  @Override
  void data(int side, byte[] bytes, int offset, int length) {
    Carver carver = carver(side);
    if (carver != null) {
      carver.write(bytes, offset, length);
    }
  }

  @Override
  void gap(int side, long length, Gap why) {
    holes = true;
  }

  @Override
  void end(int side) {
    finish(side, !holes);
  }

  @Override
  void close() {
    finish(0, false);
    finish(1, false);
  }

  private void finish(int side, boolean whole) {
    Carver carver = carvers[side];
    if (carver != null) {
      carver.finish(whole);
      carvers[side] = null;
    }
  }
}
