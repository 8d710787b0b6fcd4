package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void theCommittedDocumentIsWhatTheControllersSay() throws Exception {
    TestServer server = TestServer.get();
    var answer = server.get(Role.ADMINISTRATOR, "/v3/api-docs");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    String generated =
        SORTED.writeValueAsString(SORTED.readTree(answer.raw().body())).replace("\r\n", "\n")
            + "\n";
    Path committed = Path.of(System.getProperty("metron.openapi.document", "openapi.json"));
    if (Boolean.getBoolean("metron.openapi.write")) {
      Files.writeString(committed, generated);
    }
    assertThat(generated)
        .as(
            "server/openapi.json is not what the controllers say: run mvn -pl server -am test"
                + " -Dtest=OpenApiTest -Dmetron.openapi.write=true and look at the difference")
        .isEqualTo(Files.readString(committed));
  }
}
