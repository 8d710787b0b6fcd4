package metron.server.account;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.regex.Pattern;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import metron.storage.SettingsStore;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What the signed-in user has chosen for the console: theme, time zone, columns. Everybody sees and changes their own only.
@RestController
@RequestMapping(path = "/api/v1/settings", produces = MediaType.APPLICATION_JSON_VALUE)
final class SettingsController {
  /// Longest value, in characters.
  static final int LONGEST = 16 * 1024;

  /// Most settings of one user.
  static final int MOST = 100;

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  /// @param value text; its meaning is the console's
  record SettingBody(String value) {}

  private final SettingsStore settings;
  private final Audit audit;

  SettingsController(SettingsStore settings, Audit audit) {
    this.settings = settings;
    this.audit = audit;
  }

  @GetMapping
  Map<String, String> getSettings() {
    return settings.all(Caller.require().name(), "");
  }

  @PutMapping("/{key}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void putSetting(
      @PathVariable String key, @RequestBody SettingBody body, HttpServletRequest request) {
    if (!KEY.matcher(key).matches()) {
      throw Problem.badRequest(
              "the key is '"
                  + Excerpt.of(key)
                  + "', expected 1 to 64 of a to z, 0 to 9, dot and hyphen, such as alerts.columns")
          .exception();
    }
    if (body.value().length() > LONGEST) {
      throw Problem.invalid(
              "value has " + body.value().length() + " characters, the limit is " + LONGEST)
          .exception();
    }
    String user = Caller.require().name();
    Map<String, String> all = settings.all(user, "");
    if (body.value().equals(all.get(key))) {
      return;
    }
    if (!all.containsKey(key) && all.size() >= MOST) {
      throw Problem.invalid(
              "you have " + all.size() + " settings, which is the limit: remove one first")
          .exception();
    }
    settings.put(user, key, body.value());
    audit.record(request, "setting.change", key, "");
  }

  @DeleteMapping("/{key}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteSetting(@PathVariable String key, HttpServletRequest request) {
    if (!settings.remove(Caller.require().name(), key)) {
      throw Problem.of(
              404,
              "setting",
              "There is no such setting",
              "you have no setting " + Excerpt.of(key) + ": GET /api/v1/settings lists them")
          .exception();
    }
    audit.record(request, "setting.remove", key, "");
  }
}
