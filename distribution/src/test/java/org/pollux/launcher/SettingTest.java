package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingTest {

    @Test
    void the_key_is_behind_the_last_dot_left_of_the_equals_sign() throws UsageException {
        assertEquals(
                new Setting("pollux.http", "endpoint", "tcp://127.0.0.1:8080"),
                Setting.parse("pollux.http.endpoint=tcp://127.0.0.1:8080"));
        assertEquals(
                new Setting("pollux.samples.echo", "path", "/a=b.c"), Setting.parse("pollux.samples.echo.path=/a=b.c"));
    }

    @Test
    void the_ranking_of_a_service_is_a_key() throws UsageException {
        assertEquals(
                new Setting("pollux.samples.echo", "service.ranking", "5"),
                Setting.parse("pollux.samples.echo.service.ranking=5"));
    }

    @Test
    void a_value_may_be_empty() throws UsageException {
        assertEquals(new Setting("pollux.echo", "endpoint", ""), Setting.parse("pollux.echo.endpoint="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "endpoint",
                "endpoint=x",
                ".endpoint=x",
                ".service.ranking=5",
                "pollux.=x",
                "nodots=tcp://127.0.0.1"
            })
    void anything_else_is_refused_and_quoted(String text) {
        UsageException refused = assertThrows(UsageException.class, () -> Setting.parse(text));
        assertTrue(String.valueOf(refused.getMessage()).contains("--set " + text + ": not of the form PID.KEY=VALUE"));
    }
}
