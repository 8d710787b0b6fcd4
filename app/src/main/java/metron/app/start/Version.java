package metron.app.start;

/// The version of this build, from the jar's manifest.
public final class Version {
  public static final String TEXT = read();

  private Version() {}

  private static String read() {
    String found = Version.class.getPackage().getImplementationVersion();
    return found == null ? "development" : found;
  }
}
