package metron.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import metron.event.Event;
import metron.event.json.EventJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// JSON of the REST interface: records as objects, absent for null, enums in lower case, instants as ISO 8601 text, events
/// as [EventJson] writes them.
///
/// Reading is strict: a key that the record lacks is refused, and so is a missing or null component that is not
/// `@Nullable`. Nesting is limited to 64, a text to 4 MiB.
public final class Json {
  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 4 << 20;

  private Json() {}

  public static JsonMapper mapper() {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(LONGEST_TEXT)
            .build();
    var events = new SimpleModule("events");
    events.addSerializer(Event.class, new EventSerializer());
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
        .addModule(events)
        .annotationIntrospector(new NullMarkedIntrospector())
        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .changeDefaultPropertyInclusion(old -> old.withValueInclusion(JsonInclude.Include.NON_NULL))
        .build();
  }

  private static final class EventSerializer extends ValueSerializer<Event> {
    @Override
    public void serialize(Event event, JsonGenerator out, SerializationContext context) {
      out.writeRawValue(EventJson.write(event));
    }
  }

  /// What a null-marked record says of its components holds for the JSON that is read into it.
  private static final class NullMarkedIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      if (member instanceof AnnotatedParameter p && isOurs(p)) {
        return !isNullable(p);
      }
      return null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
      boolean required = annotated instanceof AnnotatedParameter p && isOurs(p) && !isNullable(p);
      return JsonSetter.Value.construct(required ? Nulls.FAIL : null, Nulls.FAIL);
    }

    private static boolean isOurs(AnnotatedParameter p) {
      return p.getDeclaringClass().isRecord();
    }

    private static boolean isNullable(AnnotatedParameter p) {
      if (!(p.getOwner().getMember() instanceof Executable e)) {
        return false;
      }
      AnnotatedType type = e.getAnnotatedParameterTypes()[p.getIndex()];
      return type.isAnnotationPresent(Nullable.class);
    }
  }
}
