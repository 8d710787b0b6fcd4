package metron.server;

import java.io.IOException;
import java.io.InputStream;
import metron.server.http.Problem;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The document of this interface, as it was generated and committed.
@RestController
final class OpenApiController {
  @GetMapping(path = "/api/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> getOpenApi() throws IOException {
    try (InputStream in = OpenApiController.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw Problem.notFound("this build has no openapi.json").exception();
      }
      return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(in.readAllBytes());
    }
  }
}
