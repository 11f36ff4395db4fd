package org.pollux.reactor.server.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.pollux.reactor.admin.EndpointStatus.State;
import org.pollux.reactor.admin.ServedPath;
import org.pollux.reactor.admin.ServerStatus;

/** What {@code pollux status --json} prints, against the schema that the docs show. */
final class StatusJsonTest {

    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(Path.of("../docs/status.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> violations(String json) {
        Set<ValidationMessage> found = SCHEMA.validate(json, InputFormat.JSON);
        return found.stream().map(ValidationMessage::getMessage).sorted().toList();
    }

    private static Bundle bundle(int state) {
        return (Bundle) Proxy.newProxyInstance(
                Bundle.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (_, method, _) -> switch (method.getName()) {
                    case "getBundleId" -> 7L;
                    case "getSymbolicName" -> "org.acme.shop";
                    case "getVersion" -> Version.valueOf("1.2.0");
                    case "getState" -> state;
                    case "getLastModified" -> 1_700_000_000_000L;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final ServerStatus STATUS = StatusReportTest.status(
            Duration.ofMillis(187_250),
            StatusReportTest.LOOP,
            List.of(
                    StatusReportTest.endpoint(
                            "tcp://127.0.0.1:0", State.OPEN, Optional.of(40001), 12, Optional.empty()),
                    StatusReportTest.endpoint(
                            "tcp://127.0.0.1:80", State.FAILED, Optional.empty(), 0, Optional.of("not permitted"))));

    private static final ServedPath PATH = new ServedPath(
            "/users/{id}",
            List.of("GET", "PUT"),
            List.of("acme.org"),
            "org.acme.shop",
            "Users",
            List.of("gzip"),
            true,
            false);

    private static String document() {
        return StatusJson.document(STATUS, List.of(PATH), Stream.of(bundle(Bundle.ACTIVE)), Instant.EPOCH)
                .toString();
    }

    @Test
    void itKeepsToTheSchemaThatTheDocsShow() {
        assertEquals(List.of(), violations(document()));
        ServerStatus parked = new StatusReportTest.FixedServer(
                "1.2.3",
                ServerStatus.State.STARTING,
                Duration.ZERO,
                "none",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                STATUS.memory(),
                STATUS.descriptors(),
                List.of());
        assertEquals(
                List.of(),
                violations(StatusJson.document(parked, List.of(), Stream.empty(), Instant.now())
                        .toString()));
    }

    @Test
    void theSchemaFindsWhatIsMissingWrongOrUnknown() {
        String document = document();
        assertEquals(
                1, violations(document.replace("\"version\":\"1.2.3\",", "")).size());
        assertEquals(
                1,
                violations(document.replace("\"uptimeSeconds\":187.25", "\"uptimeSeconds\":-1"))
                        .size());
        assertEquals(1, violations(document.replaceFirst("\\{", "{\"new\":1,")).size());
        assertEquals(
                1,
                violations(document.replace("\"state\":\"failed\"", "\"state\":\"lost\""))
                        .size());
    }

    @Test
    void itIsOneLineThatHasWhatThePageShows() {
        String document = document();
        assertFalse(document.contains("\n"), document);
        for (String part : List.of(
                "\"time\":\"1970-01-01T00:00:00Z\"",
                "\"state\":\"running\",\"uptimeSeconds\":187.25,",
                "\"faults\":[\"bodyLimit = 1O0 in pollux.http is refused\"]",
                "{\"name\":\"nio\",\"state\":\"polls\",\"description\":\"Selector, Java 25\"}",
                "\"local\":\"0.0.0.0:40001\"",
                "\"local\":null,\"connections\":0,\"waiting\":0,\"adopted\":0,\"accepted\":0,\"refused\":{},",
                "\"problem\":\"not permitted\"",
                "\"swaps\":{\"done\":0,\"failed\":0,",
                "{\"path\":\"/users/{id}\",\"methods\":[\"GET\",\"PUT\"],\"hosts\":[\"acme.org\"]",
                "\"updated\":\"2023-11-14T22:13:20Z\"",
                "{\"limit\":\"bodyLimit (413)\",\"times\":12,\"owner\":\"org.pollux.http\"}")) {
            assertTrue(document.contains(part), () -> part + " is not in " + document);
        }
    }
}
