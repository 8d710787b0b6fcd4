package metron.server.account;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import metron.server.http.Excerpt;
import metron.server.http.Problem;
import metron.storage.AccountStore;
import metron.storage.AccountStore.Role;
import metron.storage.AccountStore.Token;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
final class TokensController {
  /// @param expires absent: never
  /// @param used last use, exact to the minute; absent: never
  record TokenView(
      String id,
      String name,
      Role role,
      String owner,
      Instant created,
      @Nullable Instant expires,
      @Nullable Instant used) {
    static TokenView of(Token t) {
      return new TokenView(
          t.id(), t.name(), t.role(), t.owner(), t.created(), t.expires(), t.used());
    }
  }

  /// @param expires absent: never
  record NewTokenBody(String name, Role role, @Nullable Instant expires) {}

  /// @param secret what goes behind `Authorization: Bearer`; shown only here
  record TokenIssued(TokenView token, String secret) {
    @Override
    public String toString() {
      return "TokenIssued[" + token.id() + "]";
    }
  }

  private final AccountStore store;
  private final Accounts accounts;
  private final Audit audit;

  TokensController(AccountStore store, Accounts accounts, Audit audit) {
    this.store = store;
    this.accounts = accounts;
    this.audit = audit;
  }

  @GetMapping
  List<TokenView> listTokens() {
    return store.tokens().stream().map(TokenView::of).toList();
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  TokenIssued createToken(@RequestBody NewTokenBody body, HttpServletRequest request) {
    Accounts.NewToken made =
        accounts.addToken(body.name(), body.role(), Caller.require(), body.expires());
    audit.record(
        request,
        "token.add",
        made.token().id(),
        "'%s', role %s, expires %s"
            .formatted(
                Excerpt.of(body.name()),
                body.role().name().toLowerCase(Locale.ROOT),
                body.expires() == null ? "never" : body.expires()));
    return new TokenIssued(TokenView.of(made.token()), made.secret());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteToken(@PathVariable String id, HttpServletRequest request) {
    if (!store.removeToken(id)) {
      throw Problem.notFound("there is no token " + Excerpt.of(id)).exception();
    }
    audit.record(request, "token.remove", id, "");
  }
}
