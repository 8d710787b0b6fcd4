package metron.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import metron.event.IpAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressScopeTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, PRIVATE",
    "172.16.0.1, PRIVATE",
    "172.31.255.255, PRIVATE",
    "172.32.0.1, PUBLIC",
    "192.168.0.1, PRIVATE",
    "192.169.0.1, PUBLIC",
    "100.64.0.1, PRIVATE",
    "100.128.0.1, PUBLIC",
    "169.254.1.1, PRIVATE",
    "127.0.0.1, LOOPBACK",
    "224.0.0.251, MULTICAST",
    "255.255.255.255, MULTICAST",
    "240.0.0.1, UNASSIGNED",
    "0.0.0.0, UNASSIGNED",
    "8.8.8.8, PUBLIC",
    "203.0.113.7, PUBLIC",
    "::1, LOOPBACK",
    "::, UNASSIGNED",
    "fe80::1, PRIVATE",
    "febf::1, PRIVATE",
    "fec0::1, PUBLIC",
    "fd00::1, PRIVATE",
    "ff02::1, MULTICAST",
    "2001:db8::1, PUBLIC",
    "::ffff:10.0.0.1, PRIVATE"
  })
  void ofEachBlock(String ip, AddressScope scope) {
    assertThat(AddressScope.of(IpAddress.parse(ip).orElseThrow())).isEqualTo(scope);
  }
}
