package metron.server.health;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The addresses of this package, for the server to put in.
@Configuration(proxyBeanMethods = false)
@Import({HealthController.class, MetricsController.class})
public class HealthEndpoints {
  @Bean
  MeterRegistry meters(Metrics metrics) {
    return metrics.registry();
  }
}
