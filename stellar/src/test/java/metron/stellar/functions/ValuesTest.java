package metron.stellar.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import metron.stellar.function.BudgetExceeded;
import metron.stellar.function.Evaluation;
import metron.stellar.function.FunctionFailure;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static Object call(String name, Object... arguments) {
    return StandardFunctions.REGISTRY.function(name).body().apply(Evaluation.standard(), arguments);
  }

  @Test
  void refusesAListThatWouldHoldItself() {
    List<Object> list = new ArrayList<>();
    assertThatThrownBy(() -> call("LIST_ADD", list, list))
        .isInstanceOf(FunctionFailure.class)
        .hasMessageContaining("would hold itself");
    List<Object> outer = new ArrayList<>(List.of(list));
    assertThatThrownBy(() -> call("LIST_ADD", list, outer)).isInstanceOf(FunctionFailure.class);
    assertThat(list).isEmpty();
  }

  @Test
  void refusesTheTextOfWhatNestsTooDeeply() {
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      list = new ArrayList<>(List.of(list));
    }
    Object deep = list;
    for (String name : List.of("TO_STRING", "TO_UPPER", "JSON_FORMAT", "STRING_ENTROPY", "IS_IP")) {
      assertThatThrownBy(() -> call(name, name.equals("STRING_ENTROPY") ? List.of(deep) : deep))
          .as(name)
          .isInstanceOf(FunctionFailure.class)
          .hasMessageContaining("nests more than 200");
    }
  }

  @Test
  void stopsAtTheTextOfAListThatIsInItselfManyTimesOver() {
    List<Object> list = new ArrayList<>(List.of("x"));
    for (int i = 0; i < 60; i++) {
      list = new ArrayList<>(List.of(list, list));
    }
    Object wide = list;
    assertThatThrownBy(() -> call("TO_STRING", wide)).isInstanceOf(BudgetExceeded.class);
    assertThatThrownBy(() -> call("SET_ADD", null, wide)).isInstanceOf(BudgetExceeded.class);
    assertThatThrownBy(() -> call("HASH", wide, "MD5")).isInstanceOf(BudgetExceeded.class);
  }

  @Test
  void neverChangesAListThatCantBeChanged() {
    List<Object> fixed = List.of(1, 2);
    assertThat(call("LIST_ADD", fixed, 3)).isEqualTo(List.of(1, 2, 3));
    assertThat(fixed).containsExactly(1, 2);
  }

  @Test
  void changesAListInPlaceWhereThatIsPossible() {
    List<Object> list = new ArrayList<>(List.of(1));
    assertThat(call("LIST_ADD", list, 2)).isSameAs(list);
    assertThat(list).containsExactly(1, 2);
  }
}
