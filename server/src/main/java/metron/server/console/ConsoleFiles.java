package metron.server.console;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.PathResourceResolver;

/// Serves the console. Files under `assets/` have a hash in their names, so browsers keep them for a year; all others are
/// asked for anew each time. A path without a dot in its last part is a page of the console: its router reads the URL.
public final class ConsoleFiles {
  private static final String ROOT = "classpath:/console/";

  private ConsoleFiles() {}

  public static void addTo(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(ROOT + "assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .resourceChain(true)
        .addResolver(new EncodedResourceResolver())
        .addResolver(new PathResourceResolver());
    registry
        .addResourceHandler("/**")
        .addResourceLocations(ROOT)
        .setCacheControl(CacheControl.noCache())
        .resourceChain(false)
        .addResolver(new Pages());
  }

  private static final class Pages extends PathResourceResolver {
    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
      Resource file = path.isEmpty() ? null : super.getResource(path, location);
      if (file != null || path.startsWith("api/") || path.equals("api")) {
        return file;
      }
      boolean isPage = path.indexOf('.', path.lastIndexOf('/') + 1) < 0;
      return isPage ? super.getResource("index.html", location) : null;
    }
  }
}
