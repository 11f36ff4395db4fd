package org.pollux.http.json.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pollux.http.HttpException;
import org.pollux.http.JsonCodec;
import org.pollux.http.server.settings.Mount;
import org.pollux.http.testkit.HandlerKit;
import org.pollux.http.testkit.Reply;

/** JSON becomes objects, or a 400 that says where it is wrong. */
@Timeout(60)
class JacksonCodecTest {

    /** What a client orders. */
    public record Order(String item, int count, List<String> notes) {}

    private final JsonCodec json = new JacksonCodec();

    private Order read(String text) {
        return json.read(ByteBuffer.wrap(text.getBytes(UTF_8)), Order.class);
    }

    @Test
    void anObjectIsReadAndWritten() {
        Order order = new Order("p\u00E4per", 2, List.of("a", "b"));
        assertEquals(order, read("{\"item\": \"p\u00E4per\", \"count\": 2, \"notes\": [\"a\", \"b\"], \"other\": {}}"));
        assertEquals(
                "{\"item\":\"p\u00E4per\",\"count\":2,\"notes\":[\"a\",\"b\"]}", new String(json.write(order), UTF_8));
        assertEquals(2, json.read(ByteBuffer.wrap("[{},{}]".getBytes(UTF_8)), Map[].class).length);
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        assertThrows(IllegalArgumentException.class, () -> json.write(endless));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{\"count\":\"x\"}",
                "{\"count\":null}",
                "{\"count\":99999999999}",
                "{\"item\":\"a\",\"item\":\"b\"}",
                "{} {}",
                "{'item':1}",
                "{\"count\":NaN}",
                "{\"item\":\"\\x\"}",
            })
    void otherTextsAreA400(String text) {
        HttpException error = assertThrows(HttpException.class, () -> read(text));
        assertEquals(400, error.status());
        String told = error.problem().orElseThrow().detail();
        assertTrue(told.startsWith("The JSON "), told);
        assertTrue(!told.contains("pollux") && !told.contains("java"), told);
    }

    @Test
    void eachLimitIsA400() {
        for (String text : List.of(
                "{\"a\":".repeat(65) + "1" + "}".repeat(65),
                "{\"item\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}",
                "{\"other\":" + "1".repeat(101) + "}",
                "{\"" + "n".repeat(1_001) + "\":1}")) {
            assertEquals(
                    400, assertThrows(HttpException.class, () -> read(text)).status(), text.substring(0, 9));
        }
    }

    @Test
    void aTypeThatCannotBeReadIsAFaultOfTheHandler() {
        ByteBuffer object = ByteBuffer.wrap("{}".getBytes(UTF_8));
        assertThrows(IllegalArgumentException.class, () -> json.read(object, JsonCodec.class));
    }

    @Test
    void aHandlerReadsAndSendsJson() {
        HandlerKit kit = new HandlerKit();
        kit.routes()
                .add(
                        (request, response) -> json.read(
                                request,
                                100,
                                Order.class,
                                order -> json.send(response, Map.of("sum", order.count() + 1))),
                        Mount.at("/orders").methods("POST"));
        Reply reply = kit.post("/orders")
                .body("application/json; charset=utf-8", "{\"count\":1}")
                .send();
        assertEquals("{\"sum\":2}", reply.text());
        assertEquals("application/json", reply.header("Content-Type").orElseThrow());
        assertEquals(
                200,
                kit.post("/orders")
                        .body("application/vnd.order+JSON", "{\"count\":1}")
                        .send()
                        .status());
        assertEquals(415, kit.post("/orders").body("text/json", "{}").send().status());
        assertEquals(
                413,
                kit.post("/orders")
                        .body("application/json", " ".repeat(101))
                        .send()
                        .status());
        Reply bad = kit.post("/orders")
                .header("Accept", "application/json")
                .body("application/json", "{\"count\":\"x\"}")
                .send();
        assertEquals(
                "{\"status\":400,\"detail\":\"The JSON is not as expected at line 1, column 10, in the member /count\","
                        + "\"title\":\"Bad Request\"}",
                bad.text());
    }
}
