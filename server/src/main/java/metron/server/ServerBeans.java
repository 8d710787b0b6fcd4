package metron.server;

import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import metron.server.account.AccessRules;
import metron.server.account.Accounts;
import metron.server.account.Audit;
import metron.server.account.Cookies;
import metron.server.account.Security;
import metron.server.account.SignInLimits;
import metron.server.alert.AlertEndpoints;
import metron.server.alert.AlertStream;
import metron.server.configuration.ConfigurationEndpoints;
import metron.server.console.ConsoleFiles;
import metron.server.deadletter.DeadLetterEndpoints;
import metron.server.health.About;
import metron.server.health.HealthEndpoints;
import metron.server.health.HealthSource;
import metron.server.health.Metrics;
import metron.server.health.RequestMetrics;
import metron.server.http.BodyLimit;
import metron.server.http.Cursors;
import metron.server.http.HostCheck;
import metron.server.http.Json;
import metron.server.http.ProblemAnswers;
import metron.server.http.ProblemValve;
import metron.server.http.ProblemWriter;
import metron.server.http.WordsToEnums;
import metron.server.indicator.IndicatorEndpoints;
import metron.server.search.Search;
import metron.server.search.SearchEndpoints;
import metron.server.sensor.SensorEndpoints;
import metron.storage.AccountStore;
import metron.storage.AlertStore;
import metron.storage.AuditLog;
import metron.storage.EventStore;
import metron.storage.SessionStore;
import metron.storage.SettingsStore;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Compression;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/// Every part of the server, written down: the container, the filters in their order, JSON, and the features.
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@Import({
  Security.class,
  SearchEndpoints.class,
  AlertEndpoints.class,
  HealthEndpoints.class,
  SensorEndpoints.class,
  DeadLetterEndpoints.class,
  IndicatorEndpoints.class,
  ConfigurationEndpoints.class,
  ProblemAnswers.class,
  OpenApiController.class
})
class ServerBeans {
  private static final int SECURITY_ORDER = -100;
  private static final String BUNDLE = "metron";

  @Bean
  TomcatServletWebServerFactory container(ServerConfig config) {
    var tomcat = new TomcatServletWebServerFactory();
    tomcat.setAddress(config.address());
    tomcat.setPort(config.port());
    tomcat.setShutdown(Shutdown.GRACEFUL);
    tomcat.addProtocolHandlerCustomizers(
        handler -> handler.setExecutor(new VirtualThreadExecutor("http-")));
    tomcat.addConnectorCustomizers(
        connector -> {
          // No address takes a form, so no body is ever read as parameters.
          connector.setParseBodyMethods("");
          connector.setProperty("connectionTimeout", "20000");
          connector.setProperty("maxSwallowSize", Integer.toString(8 << 20));
          connector.setProperty("server", "Metron");
        });
    tomcat.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ProblemValve.class.getName());
          }
        });
    var compression = new Compression();
    compression.setEnabled(true);
    compression.setMinResponseSize(DataSize.ofKilobytes(2));
    compression.setMimeTypes(
        new String[] {
          "text/html",
          "text/css",
          "text/javascript",
          "application/javascript",
          "application/json",
          "application/problem+json",
          "image/svg+xml",
          "text/csv",
          "application/x-ndjson",
          "text/plain"
        });
    tomcat.setCompression(compression);
    if (config.tls() != null) {
      var ssl = new Ssl();
      ssl.setBundle(BUNDLE);
      ssl.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      tomcat.setSsl(ssl);
      tomcat.setSslBundles(new DefaultSslBundleRegistry(BUNDLE, bundle(config.tls())));
      var http2 = new Http2();
      http2.setEnabled(true);
      tomcat.setHttp2(http2);
    }
    return tomcat;
  }

  private static SslBundle bundle(ServerConfig.Tls tls) {
    SslStoreBundle stores =
        switch (tls) {
          case ServerConfig.Tls.Pkcs12(Path file, String password) ->
              new JksSslStoreBundle(
                  new JksSslStoreDetails("PKCS12", null, file.toUri().toString(), password), null);
          case ServerConfig.Tls.Pem(Path certificate, Path key, String password) ->
              new PemSslStoreBundle(
                  PemSslStoreDetails.forCertificate(certificate.toUri().toString())
                      .withPrivateKey(key.toUri().toString())
                      .withPrivateKeyPassword(password),
                  null);
        };
    return SslBundle.of(stores);
  }

  @Bean
  DispatcherServlet dispatcherServlet() {
    return new DispatcherServlet();
  }

  @Bean
  ServletRegistrationBean<DispatcherServlet> dispatcher(DispatcherServlet servlet) {
    var registration = new ServletRegistrationBean<>(servlet, "/");
    registration.setName("dispatcherServlet");
    registration.setLoadOnStartup(1);
    return registration;
  }

  // The filters, outermost first.

  @Bean
  FilterRegistrationBean<HostCheck> hostCheck(ServerConfig config, ProblemWriter writer) {
    Set<String> hosts = new TreeSet<>();
    if (config.address().isLoopbackAddress() || !config.hostNames().isEmpty()) {
      hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]", "::1"));
      hosts.add(config.address().getHostAddress());
      config.hostNames().forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    }
    return filter(new HostCheck(writer, hosts), SECURITY_ORDER - 20);
  }

  @Bean
  FilterRegistrationBean<RequestMetrics> requestMetrics(Metrics metrics) {
    return filter(new RequestMetrics(metrics), SECURITY_ORDER - 10);
  }

  @Bean
  DelegatingFilterProxyRegistrationBean securityFilter() {
    var registration = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
    registration.setOrder(SECURITY_ORDER);
    return registration;
  }

  @Bean
  FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter writer) {
    return filter(new BodyLimit(writer), SECURITY_ORDER + 10);
  }

  private static <F extends Filter> FilterRegistrationBean<F> filter(F filter, int order) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }

  @Bean
  WebMvcConfigurer web(JsonMapper json) {
    return new WebMvcConfigurer() {
      @Override
      public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.registerDefaults().withJsonConverter(new JacksonJsonHttpMessageConverter(json));
      }

      @Override
      public void addFormatters(FormatterRegistry registry) {
        registry.addConverterFactory(new WordsToEnums());
      }

      @Override
      public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
      }

      @Override
      public void addResourceHandlers(ResourceHandlerRegistry registry) {
        ConsoleFiles.addTo(registry);
      }
    };
  }

  @Bean
  JsonMapper json() {
    return Json.mapper();
  }

  @Bean
  ProblemWriter problems(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  Cursors cursors(SettingsStore settings) {
    return new Cursors(settings);
  }

  @Bean
  Search search(Cursors cursors, InstantSource clock) {
    return new Search(cursors, clock);
  }

  @Bean
  AccessRules accessRules() {
    return new AccessRules();
  }

  @Bean
  Accounts accounts(
      AccountStore accounts,
      SessionStore sessions,
      AuditLog audit,
      InstantSource clock,
      ServerConfig config) {
    return new Accounts(accounts, sessions, audit, clock, config.sessions());
  }

  @Bean
  SignInLimits signInLimits(InstantSource clock) {
    return new SignInLimits(clock);
  }

  @Bean
  Cookies cookies(ServerConfig config) {
    return new Cookies(config.tls() != null);
  }

  @Bean
  Audit audit(AuditLog log, InstantSource clock) {
    return new Audit(log, clock);
  }

  @Bean
  AlertStream alertStream(AlertStore alerts, JsonMapper json) {
    return new AlertStream(alerts, json);
  }

  @Bean
  Metrics metrics(HealthSource health, EventStore events) {
    return new Metrics(health, events);
  }

  @Bean
  About about(ServerConfig config, InstantSource clock) {
    return new About(config.version(), clock.instant());
  }

  /// How long [RunningServer#close] lets requests finish; the context's own default is 30 s.
  @Bean
  DefaultLifecycleProcessor lifecycleProcessor() {
    var lifecycle = new DefaultLifecycleProcessor();
    lifecycle.setTimeoutPerShutdownPhase(Duration.ofSeconds(5).toMillis());
    return lifecycle;
  }
}
