package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.Handle;
import org.pollux.reactor.RunResult;
import org.pollux.reactor.testkit.Await;

/** Signals of the process. The tests use those that the system ignores unless somebody listens. */
class SignalsTest {

    private static final String URG = "URG";
    private static final String WINCH = "WINCH";

    /** For the tests that raise so many that some arrive after their end: the JVM delivers each on a thread of its own. */
    private static final String CONT = "CONT";

    /** {@code sun.misc.Signal}, by reflection as in {@link Signals}. */
    private static Object signal(String method, String name, Object... more) throws ReflectiveOperationException {
        ClassLoader jdk = ClassLoader.getPlatformClassLoader();
        Class<?> signal = Class.forName("sun.misc.Signal", true, jdk);
        Object subject = signal.getConstructor(String.class).newInstance(name);
        if (more.length == 0) {
            signal.getMethod(method, signal).invoke(null, subject);
            return subject;
        }
        Class<?> handler = Class.forName("sun.misc.SignalHandler", true, jdk);
        return signal.getMethod(method, signal, handler).invoke(null, subject, more[0]);
    }

    private static void raise(String name) throws ReflectiveOperationException {
        signal("raise", name);
    }

    /** Makes the JVM call an action for a signal, and gives whoever it called before. */
    private static Object handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> handler = Class.forName("sun.misc.SignalHandler", true, ClassLoader.getPlatformClassLoader());
        return signal(
                "handle",
                name,
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                    action.run();
                    return null;
                }));
    }

    @Test
    void case31_everyLoopThatAsksGetsTheSignalOnItsOwnThread() throws Exception {
        try (TestLoop one = new TestLoop();
                TestLoop two = new TestLoop()) {
            List<String> log = new ArrayList<>();
            one.loop.onSignal(URG, event -> log.add("one " + one.loop.inLoop()));
            two.loop.onSignal(URG, event -> log.add("two " + two.loop.inLoop()));
            raise(URG);
            one.turnUntil("one hears", () -> log.contains("one true"));
            two.turnUntil("two hears", () -> log.contains("two true"));
            assertEquals(2, log.size());
        }
    }

    @Test
    void case31_aSignalWakesALoopThatWaits() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            CountDownLatch heard = new CountDownLatch(1);
            running.call(() -> running.loop.onSignal(URG, event -> heard.countDown()));
            running.awaitRest();
            raise(URG);
            Await.latch("the signal is heard", heard);
        }
    }

    @Test
    void case31_aSignalsEventKeepsTheRunGoing() throws Exception {
        try (TestLoop test = new TestLoop()) {
            test.loop.onSignal(URG, Handle::close);
            CompletableFuture<RunResult> run = RunningLoop.run(test.loop);
            raise(URG);
            assertEquals(RunResult.EMPTY, run.get(40, TimeUnit.SECONDS), "closed by its only callback");
        }
    }

    @Test
    void case32_anEventRemovedInItsOwnCallbackIsNotCalledAgain() throws Exception {
        try (TestLoop test = new TestLoop()) {
            AtomicInteger removed = new AtomicInteger();
            AtomicInteger kept = new AtomicInteger();
            test.loop.onSignal(URG, event -> {
                removed.incrementAndGet();
                event.close();
            });
            test.loop.onSignal(URG, event -> kept.incrementAndGet());
            for (int i = 1; i <= 3; i++) {
                int times = i;
                raise(URG);
                test.turnUntil("signal " + times, () -> kept.get() == times);
            }
            assertEquals(1, removed.get());
        }
    }

    @Test
    void case32_theWaitOfALoopIsNotDisturbedBySignals() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            AtomicInteger ticks = new AtomicInteger();
            AtomicInteger heard = new AtomicInteger();
            running.call(() -> running.loop.onSignal(CONT, event -> heard.incrementAndGet()));
            running.call(() -> running.loop.every(Duration.ofMillis(5), event -> ticks.incrementAndGet()));
            Await.until("ticks and signals", () -> ticks.get() >= 20 && heard.get() >= 20, () -> raiseUnchecked(CONT));
            assertTrue(running.thread.isAlive());
        }
    }

    private static void raiseUnchecked(String name) {
        try {
            raise(name);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("sun.misc.Signal", e);
        }
    }

    @Test
    void theHandlerBeforeComesBackWhenTheLastEventIsClosed() throws Exception {
        AtomicInteger before = new AtomicInteger();
        Object original = handle(WINCH, before::incrementAndGet);
        try (TestLoop test = new TestLoop()) {
            AtomicInteger ours = new AtomicInteger();
            Handle one = test.loop.onSignal(WINCH, event -> ours.incrementAndGet());
            Handle two = test.loop.onSignal(WINCH, event -> ours.incrementAndGet());
            one.close();
            raise(WINCH);
            test.turnUntil("ours hears", () -> ours.get() == 1);
            two.close();
            raise(WINCH);
            Await.until("the one before hears", () -> before.get() == 1);
            test.settle();
            assertEquals(1, ours.get());
        } finally {
            signal("handle", WINCH, original);
        }
    }

    @Test
    void theHandlerBeforeComesBackWhenTheLastOfSeveralReactorsLeaves() throws Exception {
        AtomicInteger before = new AtomicInteger();
        Object original = handle(WINCH, before::incrementAndGet);
        AtomicInteger ours = new AtomicInteger();
        try (TestLoop one = new TestLoop();
                TestLoop two = new TestLoop()) {
            Handle early = one.loop.onSignal(WINCH, event -> ours.incrementAndGet());
            two.loop.onSignal(WINCH, event -> ours.incrementAndGet());
            early.close();
            raise(WINCH);
            two.turnUntil("the other reactor still hears", () -> ours.get() == 1);
            two.loop.close();
            raise(WINCH);
            Await.until("the one before hears", () -> before.get() == 1);
            one.settle();
            assertEquals(1, ours.get());
        } finally {
            signal("handle", WINCH, original);
        }
    }

    @Test
    void theHandlerBeforeComesBackWhenTheReactorIsClosed() throws Exception {
        AtomicInteger before = new AtomicInteger();
        Object original = handle(WINCH, before::incrementAndGet);
        try {
            try (TestLoop test = new TestLoop()) {
                test.loop.onSignal(WINCH, event -> {});
            }
            raise(WINCH);
            Await.until("the one before hears", () -> before.get() == 1);
        } finally {
            signal("handle", WINCH, original);
        }
    }

    @Test
    void aSignalThatDoesNotExistAndOneThatTheJvmKeepsAreRefusedWithTheReason() throws IOException {
        try (TestLoop test = new TestLoop()) {
            for (String name : List.of("NOSUCH", "KILL", "SEGV")) {
                var refusal =
                        assertThrows(IllegalArgumentException.class, () -> test.loop.onSignal(name, event -> {}), name);
                assertTrue(String.valueOf(refusal.getMessage()).contains("SIG" + name), refusal.getMessage());
            }
            assertEquals(RunResult.EMPTY, test.loop.run(), "nothing is registered");
        }
    }

    @Test
    void signalsThatRaceTheEndOfTheirLoopDoNoHarm() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Object original = handle(CONT, () -> {});
        Background raiser = new Background(() -> {
            while (!done.get()) {
                raise(CONT);
            }
        });
        try {
            for (int round = 0; round < 100; round++) {
                try (RunningLoop running = new RunningLoop()) {
                    Handle event = running.call(() -> running.loop.onSignal(CONT, e -> {}));
                    if (round % 2 == 0) {
                        running.loop.execute(event::close);
                    }
                }
            }
        } finally {
            done.set(true);
            raiser.join();
            signal("handle", CONT, original);
        }
    }
}
