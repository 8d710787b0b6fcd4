package metron.server.alert;

import metron.storage.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The addresses of this package, for the server to put in.
@Configuration(proxyBeanMethods = false)
@Import(AlertsController.class)
public class AlertEndpoints {
  @Bean
  RelatedEvents relatedEvents(EventStore events) {
    return new RelatedEvents(events);
  }
}
