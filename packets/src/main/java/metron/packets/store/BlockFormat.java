package metron.packets.store;

/// How the blocks of a segment lie on disk.
public enum BlockFormat {
  /// One pcapng file that any tool opens.
  PLAIN(".pcapng"),
  /// Each block its own zstd frame; `zstdcat` gives the pcapng file.
  ZSTD(".pcapng.zst"),
  /// Each block a zstd frame under AES-256-GCM; the index too.
  SEALED(".pcapng.sealed");

  private final String suffix;

  BlockFormat(String suffix) {
    this.suffix = suffix;
  }

  /// How file names of such segments end.
  public String suffix() {
    return suffix;
  }
}
