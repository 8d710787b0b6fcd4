package metron.pipeline.intake;

/// A running source. Closing it takes in what has arrived whole, then lets go of its port or file.
interface Source extends AutoCloseable {
  SourceStatus status();

  @Override
  void close();
}
