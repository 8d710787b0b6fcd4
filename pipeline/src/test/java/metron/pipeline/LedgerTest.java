package metron.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  private final Ledger ledger = new Ledger();

  @Test
  void addsUpByPlacesInTheLogAndByOutcomes() {
    Ledger.Writer writer = ledger.writer(0);
    writer.accepted("raw.a", 0, 0, AT, 3);
    writer.filtered("raw.a", 0, 1, AT);
    writer.dead("raw.a", 0, 2, AT);
    writer.indexed("raw.a", 0);
    writer.publish();
    Ledger.Count count = ledger.counts().getFirst();
    assertThat(count.received()).isEqualTo(3);
    assertThat(count.difference()).isZero();
    assertThat(count.events()).isEqualTo(3);
    assertThat(count.indexed()).isEqualTo(1);
  }

  @Test
  void countsOffsetsThatNoMessageCameFor() {
    Ledger.Writer writer = ledger.writer(0);
    writer.accepted("raw.a", 0, 5, AT, 1);
    writer.accepted("raw.a", 0, 9, AT, 1);
    writer.publish();
    Ledger.Count count = ledger.counts().getFirst();
    assertThat(count.missing()).isEqualTo(3);
    assertThat(count.received()).isEqualTo(2);
    assertThat(count.difference()).isZero();
  }

  @Test
  void goesOnWhenAPartitionMovesToAnotherSubtask() {
    ledger.writer(0).accepted("raw.a", 0, 0, AT, 1);
    ledger.writer(0).publish();
    var before = ledger.counts();
    Ledger next = new Ledger();
    next.writer(0).restore(before);
    next.writer(1).accepted("raw.a", 0, 1, AT, 1);
    next.writer(1).publish();
    Ledger.Count count = next.counts().getFirst();
    assertThat(count.received()).isEqualTo(2);
    assertThat(count.missing()).isZero();
    assertThat(count.difference()).isZero();
  }

  @Test
  void staysRightWhenATopicIsMadeAnew() {
    Ledger.Writer writer = ledger.writer(0);
    writer.accepted("raw.a", 0, 0, AT, 1);
    writer.accepted("raw.a", 0, 1, AT, 1);
    writer.accepted("raw.a", 0, 0, AT, 1);
    writer.publish();
    Ledger.Count count = ledger.counts().getFirst();
    assertThat(count.received()).isEqualTo(3);
    assertThat(count.difference()).isZero();
  }
}
