package org.pollux.http.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pollux.http.ResponseStream;

/**
 * A stream of another thread whose client is lost between the moment when the thread took the response and the moment when
 * the exchange knows the stream. The exchange cannot end it, so it ends with its next step.
 */
class UnknownStreamTest {

    enum Step {
        WRITE,
        FLUSH,
        CLOSE,
        ABORT;

        void take(ResponseStream stream) {
            switch (this) {
                case WRITE -> assertFalse(stream.write(new byte[1]));
                case FLUSH -> stream.flush();
                case CLOSE -> stream.close();
                case ABORT -> stream.abort();
            }
        }
    }

    private final AtomicBoolean responding = new AtomicBoolean(true);

    private final Lifecycle exchange = (Lifecycle) Proxy.newProxyInstance(
            Lifecycle.class.getClassLoader(),
            new Class<?>[] {Lifecycle.class},
            (_, method, _) -> switch (method.getName()) {
                case "isResponding" -> responding.get();
                default -> throw new AssertionError(method);
            });

    private final Carrier carrier = (Carrier) Proxy.newProxyInstance(
            Carrier.class.getClassLoader(),
            new Class<?>[] {Carrier.class},
            (_, method, arguments) -> switch (method.getName()) {
                case "inLoop", "charge" -> true;
                case "onLoop" -> {
                    ((Runnable) arguments[0]).run();
                    yield null;
                }
                default -> throw new AssertionError(method);
            });

    private StreamedResponse stream() {
        StreamLoop loop = new StreamLoop(64 * 1024);
        return new StreamedResponse(exchange, new ResponseSender(exchange, loop), carrier, Carrier.UNKNOWN, loop);
    }

    @ParameterizedTest
    @EnumSource
    void itIsClosedByItsNextStep(Step step) {
        AtomicInteger closed = new AtomicInteger();
        ResponseStream stream = stream().onClosed(closed::incrementAndGet);
        responding.set(false);
        step.take(stream);
        assertEquals(1, closed.get());
        assertFalse(stream.isOpen());
        stream.close();
        assertEquals(1, closed.get());
    }

    @ParameterizedTest
    @EnumSource
    void aCallbackThatIsSetAfterwardsRunsAtOnce(Step step) {
        AtomicInteger closed = new AtomicInteger();
        responding.set(false);
        ResponseStream stream = stream().onClosed(closed::incrementAndGet);
        assertEquals(1, closed.get());
        step.take(stream);
        assertEquals(1, closed.get());
    }
}
