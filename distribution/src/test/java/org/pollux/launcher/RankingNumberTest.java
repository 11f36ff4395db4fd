package org.pollux.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

final class RankingNumberTest {

    private static final ServiceReference<?> NOBODY = (ServiceReference<?>) Proxy.newProxyInstance(
            RankingNumberTest.class.getClassLoader(), new Class<?>[] {ServiceReference.class}, (_, method, _) -> {
                throw new AssertionError(method);
            });

    private static Object converted(Object ranking) {
        Dictionary<String, Object> properties =
                FrameworkUtil.asDictionary(new HashMap<>(Map.of(Constants.SERVICE_RANKING, ranking, "other", "7")));
        new RankingNumber().modifyConfiguration(NOBODY, properties);
        assertEquals("7", properties.get("other"));
        return properties.get(Constants.SERVICE_RANKING);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "-1, -1", "' 12 ', 12", "2147483647, 2147483647"})
    void a_whole_number_as_a_text_becomes_one(String text, Integer number) {
        assertEquals(number, converted(text));
    }

    @ParameterizedTest
    @CsvSource({"high", "5.0", "2147483648", "''"})
    void anything_else_stays_as_it_is(String text) {
        assertEquals(text, converted(text));
    }
}
