package metron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import metron.storage.AccountStore.Role;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every address, called by everybody: a stranger and each role. The table is the rule; a new address must be put in.
class AccessTest {
  private static final String EVERYBODY = "everybody";
  private static final String SIGNED_IN = "signed in";

  private static final Map<String, String> LEAST =
      Map.ofEntries(
          Map.entry("getHealthSummary", EVERYBODY),
          Map.entry("getOpenApi", EVERYBODY),
          Map.entry("signIn", EVERYBODY),
          // From this machine; the tests are on it.
          Map.entry("getMetrics", EVERYBODY),
          Map.entry("getSession", SIGNED_IN),
          Map.entry("signOut", SIGNED_IN),
          Map.entry("changePassword", SIGNED_IN),
          Map.entry("searchEvents", "viewer"),
          Map.entry("getEvent", "viewer"),
          Map.entry("checkQuery", "viewer"),
          Map.entry("listFields", "viewer"),
          Map.entry("listFieldValues", "viewer"),
          Map.entry("searchAlerts", "viewer"),
          Map.entry("streamAlerts", "viewer"),
          Map.entry("getAlert", "viewer"),
          Map.entry("getRelatedEvents", "viewer"),
          Map.entry("getHealth", "viewer"),
          Map.entry("listSensors", "viewer"),
          Map.entry("listDeadLetters", "viewer"),
          Map.entry("listAssignees", "viewer"),
          Map.entry("getSettings", "viewer"),
          Map.entry("putSetting", "viewer"),
          Map.entry("deleteSetting", "viewer"),
          Map.entry("exportEvents", "analyst"),
          Map.entry("changeAlert", "analyst"),
          Map.entry("changeAlerts", "analyst"),
          Map.entry("addComment", "analyst"),
          Map.entry("deleteComment", "analyst"),
          Map.entry("previewSensor", "analyst"),
          Map.entry("tryDeadLetter", "analyst"),
          Map.entry("replayDeadLetter", "engineer"),
          Map.entry("listConfigFiles", "engineer"),
          Map.entry("getConfigFile", "engineer"),
          Map.entry("putConfigFile", "engineer"),
          Map.entry("deleteConfigFile", "engineer"),
          Map.entry("listConfigHistory", "engineer"),
          Map.entry("getConfigDiff", "engineer"),
          Map.entry("rollbackConfig", "engineer"),
          Map.entry("loadIndicators", "engineer"),
          Map.entry("listIndicators", "engineer"),
          Map.entry("deleteIndicator", "engineer"),
          Map.entry("listUsers", "administrator"),
          Map.entry("createUser", "administrator"),
          Map.entry("changeUser", "administrator"),
          Map.entry("deleteUser", "administrator"),
          Map.entry("listTokens", "administrator"),
          Map.entry("createToken", "administrator"),
          Map.entry("deleteToken", "administrator"),
          Map.entry("listAudit", "administrator"));

  private record Operation(String id, String method, String path) {}

  private static List<Operation> operations() throws Exception {
    JsonNode document =
        TestServer.JSON.readTree(
            Files.readAllBytes(
                Path.of(System.getProperty("metron.openapi.document", "openapi.json"))));
    List<Operation> out = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            out.add(
                                new Operation(
                                    method.getValue().get("operationId").asString(),
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey()))));
    return out;
  }

  @Test
  void everyAddressIsInTheTable() throws Exception {
    assertThat(operations().stream().map(Operation::id))
        .containsExactlyInAnyOrderElementsOf(LEAST.keySet());
  }

  @Test
  void eachRoleGetsInWhereTheTableSaysSoAndNowhereElse() throws Exception {
    TestServer server = TestServer.get();
    Map<String, String> wrong = new TreeMap<>();
    for (Operation operation : operations()) {
      String least = LEAST.get(operation.id());
      check(server, operation, null, least.equals(EVERYBODY), wrong);
      for (Role role : Role.values()) {
        boolean allowed =
            least.equals(EVERYBODY)
                || least.equals(SIGNED_IN)
                || role.compareTo(Role.valueOf(least.toUpperCase(java.util.Locale.ROOT))) >= 0;
        check(server, operation, role, allowed, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void check(
      TestServer server, Operation operation, Role role, boolean allowed, Map<String, String> wrong)
      throws Exception {
    String path = operation.path().replaceAll("\\{[^}]*}", "nothing-there");
    String body = operation.method().matches("POST|PUT|PATCH") ? "{}" : null;
    var request = server.as(role, operation.method(), path, body).build();
    var answer = server.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    String type;
    try (InputStream in = answer.body()) {
      type =
          answer.statusCode() >= 400
              ? TestServer.JSON.readTree(in.readAllBytes()).get("type").asString()
              : "";
    }
    boolean letIn =
        !type.endsWith(":sign-in-required") && !type.endsWith(":role") && !type.endsWith(":token");
    boolean right = letIn == allowed && answer.statusCode() < 500;
    if (!right) {
      wrong.put(operation + " as " + role, answer.statusCode() + " " + type);
    }
  }
}
