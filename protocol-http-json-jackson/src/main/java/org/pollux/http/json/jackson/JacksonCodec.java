package org.pollux.http.json.jackson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.pollux.http.HttpException;
import org.pollux.http.JsonCodec;
import org.pollux.http.Problem;

/**
 * Reads and writes JSON by Jackson. It is strict and bounded: 64 levels, strings of 1 MiB, numbers of 100 digits, names of
 * 1,000 characters, no name twice in an object, nothing behind the value. The handler names the class; JSON never does.
 * Unknown members are ignored. Dates and durations need a codec of your own: {@link #JacksonCodec(ObjectMapper)}.
 */
@Component(service = JsonCodec.class)
public final class JacksonCodec implements JsonCodec {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxStringLength(1024 * 1024)
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .build();

    private final ObjectMapper mapper;

    /** A codec with the limits above. */
    public JacksonCodec() {
        this(JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(LIMITS).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build());
    }

    /** A codec of your own, with the modules and limits that the mapper has. */
    public JacksonCodec(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public <T> T read(ByteBuffer json, Class<T> type) {
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        try {
            T value = mapper.readValue(bytes, type);
            if (value == null) {
                throw new HttpException(Problem.of(400, "The JSON value is null"));
            }
            return value;
        } catch (InvalidDefinitionException e) { // a fault of the handler, which no client can mend
            throw new IllegalArgumentException("A " + type.getName() + " cannot be read from JSON", e);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot fail", e);
        }
    }

    /** Tells the client the place, and not the classes of the server that Jackson's message names. */
    private static HttpException malformed(JsonProcessingException cause) {
        String member = cause instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(part -> part.getFieldName() != null ? "/" + part.getFieldName() : "/" + part.getIndex())
                        .reduce("", String::concat)
                : "";
        String place = Optional.ofNullable(cause.getLocation())
                .map(JacksonCodec::place)
                .orElse("");
        HttpException error = new HttpException(Problem.of(
                400, "The JSON is not as expected" + place + (member.isEmpty() ? "" : ", in the member " + member)));
        error.initCause(cause);
        return error;
    }

    private static String place(JsonLocation at) {
        return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    @Override
    public byte[] write(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A " + value.getClass().getName() + " cannot be written as JSON", e);
        }
    }
}
