package metron.parsers;

import static metron.parsers.Samples.event;
import static metron.parsers.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import metron.event.Event;
import metron.event.RawMessage;
import org.junit.jupiter.api.Test;

class ZeekTest {
  private static final String TSV =
      """
      #separator \\x09
      #set_separator\t,
      #empty_field\t(empty)
      #unset_field\t-
      #path\tconn
      #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\tconn_state\torig_pkts\torig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents\tnew_name
      #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tstring\tcount\tcount\tcount\tcount\tset[string]\tstring

      1770000000.5\tCx1\t10.0.0.1\t1234\t192.0.2.7\t443\ttcp\tssl\t1.25\tSF\t4\t400\t5\t600\tCa,Cb\ta\\x09b
      1770000000.5\tCx2\t10.0.0.1
      """;

  @Test
  void tabSeparatedRecordsCarryTheirHeaderAndNoLineIsLost() {
    List<ParseResult> results = Samples.file("zeek", TSV, Map.of());
    assertThat(results).hasSize(9);
    assertThat(results.subList(0, 7)).allMatch(new ParseResult.Skipped("header")::equals);
    assertThat(results.get(8)).isInstanceOf(ParseResult.Rejected.class);
    Event e = ((ParseResult.Parsed) results.get(7)).events().getFirst();
    assertThat(text(e, "@timestamp")).isEqualTo("2026-02-02T02:40:00.500Z");
    assertThat(text(e, "event.duration")).isEqualTo("1250000000");
    assertThat(text(e, "event.type")).isEqualTo("[connection, start, end]");
    assertThat(text(e, "network.bytes")).isEqualTo("1000");
    assertThat(text(e, "zeek.connection.tunnel_parents")).isEqualTo("[Ca, Cb]");
    assertThat(text(e, "zeek.connection.new_name")).isEqualTo("a\tb");
  }

  @Test
  void theTypeOfAJsonRecordComesFromPathWrapperFileOrItsNames() {
    assertThat(text(event("zeek", "{\"_path\":\"dns\",\"query\":\"a.b\"}"), "event.dataset"))
        .isEqualTo("zeek.dns");
    assertThat(text(event("bro", "{\"dns\":{\"query\":\"a.b\"}}"), "dns.question.name"))
        .isEqualTo("a.b");
    assertThat(text(event("bro", "{\"conn_state\":\"S0\"}"), "event.dataset"))
        .isEqualTo("zeek.connection");
    ParseResult r =
        Samples.file("zeek", "{\"id\":\"F1\"}", Map.of(RawMessage.FILE, "/x/x509.2026.log.gz"))
            .getFirst();
    assertThat(text(((ParseResult.Parsed) r).events().getFirst(), "zeek.x509.id")).isEqualTo("F1");
  }

  @Test
  void aLogThatIsNotKnownIsKeptUnderItsOwnName() {
    Event e =
        event("zeek", "{\"_path\":\"mqtt\",\"uid\":\"C1\",\"id.orig_h\":\"10.0.0.1\",\"qos\":1}");
    assertThat(text(e, "source.ip")).isEqualTo("10.0.0.1");
    assertThat(text(e, "zeek.mqtt.qos")).isEqualTo("1");
    assertThat(text(e, "event.dataset")).isEqualTo("zeek.mqtt");
  }
}
