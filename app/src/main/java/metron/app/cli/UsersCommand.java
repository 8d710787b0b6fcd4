package metron.app.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `metron users list` and `metron users reset`.
@Command(
    name = "users",
    description = "The users of a running Metron: list them, give one a new password.",
    synopsisSubcommandLabel = "(list | reset)",
    subcommands = {UsersCommand.Listing.class, UsersCommand.Reset.class})
final class UsersCommand extends StreamedCommand {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(err);
    }
    return 2;
  }

  /// Shows the users.
  @Command(name = "list", description = "List the users.")
  static final class Listing extends StreamedCommand {
    @Mixin private DataOption data = new DataOption();

    @Override
    public Integer call() throws Exception {
      try (LocalApi api = LocalApi.of(data.directory())) {
        JsonNode answer = api.get("/api/v1/users");
        for (JsonNode user : answer.isArray() ? answer : answer.path("items")) {
          out.println(
              String.format(
                  Locale.ROOT,
                  "%-24s %s%s",
                  user.path("name").asString(),
                  user.path("role").asString(),
                  user.path("disabled").asBoolean(false) ? ", disabled" : ""));
        }
      }
      return 0;
    }
  }

  /// Gives a user a random password.
  @Command(
      name = "reset",
      description =
          "Give a user a new random password, printed once; it must be changed at sign-in.")
  static final class Reset extends StreamedCommand {
    @Mixin private DataOption data = new DataOption();

    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Override
    public Integer call() throws Exception {
      if (!name.matches("[A-Za-z0-9._@-]{1,100}")) {
        throw CommandFailed.wrongUse("'" + name + "' cannot be a user's name");
      }
      ObjectNode body = JsonMapper.shared().createObjectNode();
      body.put("resetPassword", true);
      try (LocalApi api = LocalApi.of(data.directory())) {
        JsonNode answer = api.json("PATCH", "/api/v1/users/" + name, body);
        out.println(answer.path("oneTimePassword").asString(""));
      }
      return 0;
    }
  }
}
