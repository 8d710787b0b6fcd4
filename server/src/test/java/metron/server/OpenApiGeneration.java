package metron.server;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import metron.event.Event;
import metron.server.http.Problem;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Generates the OpenAPI document from the controllers and records, for [OpenApiTest] to compare with the committed one.
///
/// What the records say with JSpecify becomes `required`; enums are in lower case, as [metron.server.http.Json] writes them.
@Configuration(proxyBeanMethods = false)
@Import({
  SpringDocConfiguration.class,
  SpringDocConfigProperties.class,
  SpringDocWebMvcConfiguration.class
})
class OpenApiGeneration {
  @Bean
  OpenAPI document() {
    ModelConverters.getInstance(true).addConverter(new Records());
    return new OpenAPI(SpecVersion.V31)
        .openapi("3.1.0")
        .info(
            new Info()
                .title("Metron")
                .version("v1")
                .description("Security telemetry and investigation. Errors are RFC 9457 problems.")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")));
  }

  @Bean
  OpenApiCustomizer tidy() {
    return document -> {
      document.setServers(List.of());
      document.setTags(null);
      var components = document.getComponents();
      components.addSecuritySchemes(
          "session",
          new SecurityScheme()
              .type(SecurityScheme.Type.APIKEY)
              .in(SecurityScheme.In.COOKIE)
              .name("METRON_SESSION"));
      components.addSecuritySchemes(
          "token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
      ModelConverters.getInstance(true)
          .readAll(new AnnotatedType(Problem.class))
          .forEach(components::addSchemas);
      components.setSchemas(new TreeMap<>(components.getSchemas()));
      document.setPaths(sorted(document.getPaths()));
      document
          .getPaths()
          .forEach(
              (path, item) -> {
                item.readOperationsMap()
                    .forEach((method, operation) -> tidy(method + " " + path, operation));
              });
    };
  }

  private static io.swagger.v3.oas.models.Paths sorted(io.swagger.v3.oas.models.Paths paths) {
    var out = new io.swagger.v3.oas.models.Paths();
    new TreeMap<>(paths).forEach(out::addPathItem);
    return out;
  }

  private static void tidy(String what, Operation operation) {
    operation.setTags(null);
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(p -> lowerCase(p.getSchema()));
    }
    if (!Set.of("GET /health", "GET /api/v1/openapi.json", "POST /api/v1/session").contains(what)) {
      operation.setSecurity(
          List.of(
              new SecurityRequirement().addList("session"),
              new SecurityRequirement().addList("token")));
    }
    String streamed =
        switch (what) {
          case "GET /api/v1/alerts/stream" -> "text/event-stream";
          case "GET /api/v1/events/export" -> "text/csv";
          case "GET /metrics" -> "text/plain";
          default -> null;
        };
    var responses = new ApiResponses();
    operation
        .getResponses()
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")) {
                responses.addApiResponse(status, response);
              }
            });
    if (streamed != null) {
      Schema<?> text = new JsonSchema();
      text.setTypes(Set.of("string"));
      responses.addApiResponse(
          "200",
          new ApiResponse()
              .description("OK")
              .content(new Content().addMediaType(streamed, new MediaType().schema(text))));
    }
    if (what.equals("POST /api/v1/intel/indicators")) {
      Schema<?> text = new JsonSchema();
      text.setTypes(Set.of("string"));
      operation.setRequestBody(
          new io.swagger.v3.oas.models.parameters.RequestBody()
              .required(true)
              .content(new Content().addMediaType("text/csv", new MediaType().schema(text))));
    }
    Schema<?> problem = new JsonSchema();
    problem.set$ref("#/components/schemas/Problem");
    responses.addApiResponse(
        "default",
        new ApiResponse()
            .description("A problem")
            .content(
                new Content()
                    .addMediaType("application/problem+json", new MediaType().schema(problem))));
    operation.setResponses(responses);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void lowerCase(Schema schema) {
    if (schema != null && schema.getEnum() != null) {
      List<Object> lower = new ArrayList<>();
      for (Object v : schema.getEnum()) {
        lower.add(v.toString().toLowerCase(Locale.ROOT));
      }
      schema.setEnum(lower);
      if (schema.getDefault() != null) {
        schema.setDefault(schema.getDefault().toString().toLowerCase(Locale.ROOT));
      }
    }
  }

  static String write(OpenAPI document) throws Exception {
    return Json31.pretty(document) + "\n";
  }

  /// Required is what is not `@Nullable`; an event is an object with any keys.
  private static final class Records implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
        AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
      Class<?> raw = raw(type);
      if (raw == Event.class) {
        return event(context);
      }
      Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
      if (raw != null && raw.isRecord() && raw.getName().startsWith("metron.")) {
        Schema<?> defined =
            schema != null && schema.get$ref() != null
                ? context.getDefinedModels().get(name(schema.get$ref()))
                : schema;
        if (defined != null && defined.getProperties() != null) {
          complete(raw, defined);
        }
      }
      lowerCase(schema);
      return schema;
    }

    private static Schema<?> event(ModelConverterContext context) {
      Schema<Object> object = new JsonSchema();
      object.setTypes(Set.of("object"));
      object.setDescription("Flat dotted field names with typed values, or lists of them");
      object.setAdditionalProperties(new JsonSchema());
      context.defineModel("EventFields", object);
      Schema<?> ref = new JsonSchema();
      ref.set$ref("#/components/schemas/EventFields");
      return ref;
    }

    @SuppressWarnings("rawtypes") // the model of the library
    private static void complete(Class<?> record, Schema<?> schema) {
      List<String> required = new ArrayList<>();
      Map<String, Schema> properties = new LinkedHashMap<>();
      for (RecordComponent c : record.getRecordComponents()) {
        Schema<?> property = schema.getProperties().get(c.getName());
        if (property == null) {
          continue;
        }
        lowerCase(property);
        properties.put(c.getName(), property);
        if (!c.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          required.add(c.getName());
        }
      }
      schema.setProperties(properties);
      schema.setRequired(required.isEmpty() ? null : required);
    }

    private static String name(String ref) {
      return ref.substring(ref.lastIndexOf('/') + 1);
    }

    private static @Nullable Class<?> raw(AnnotatedType type) {
      return switch (type.getType()) {
        case Class<?> c -> c;
        case JavaType j -> j.getRawClass();
        default -> null;
      };
    }
  }
}
