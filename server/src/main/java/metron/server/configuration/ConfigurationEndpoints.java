package metron.server.configuration;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The addresses of this package, for the server to put in.
@Configuration(proxyBeanMethods = false)
@Import(ConfigurationController.class)
public class ConfigurationEndpoints {}
