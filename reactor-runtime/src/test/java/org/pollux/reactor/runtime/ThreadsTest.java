package org.pollux.reactor.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pollux.reactor.nio.NioBackend;
import org.pollux.reactor.runtime.loop.NoBackend;
import org.pollux.reactor.runtime.loop.WakeUp;
import org.pollux.reactor.spi.Backend;
import org.pollux.reactor.testkit.Await;

/** Tasks from other threads. */
class ThreadsTest {

    private static final NioBackend NIO = new NioBackend();

    @Test
    void case28_aTaskFromAnotherThreadWakesALoopThatWaits() throws Exception {
        wakesALoopThatWaits(NIO);
    }

    @Test
    void case28_aTaskFromAnotherThreadWakesALoopWithoutABackend() throws Exception {
        wakesALoopThatWaits(NoBackend.INSTANCE);
    }

    private static void wakesALoopThatWaits(Backend backend) throws Exception {
        try (RunningLoop running = new RunningLoop(backend)) {
            for (int i = 0; i < 20; i++) {
                running.awaitRest();
                CountDownLatch ran = new CountDownLatch(1);
                running.loop.execute(ran::countDown);
                Await.latch("the task runs", ran);
            }
        }
    }

    @Test
    void case28_noWakeIsLostWhereverTheLoopIsOnItsWayToSleep() throws Exception {
        for (Backend backend : List.of(NIO, NoBackend.INSTANCE)) {
            try (RunningLoop running = new RunningLoop(backend)) {
                for (int i = 0; i < 5_000; i++) {
                    CountDownLatch ran = new CountDownLatch(1);
                    running.loop.execute(ran::countDown);
                    Await.latch("task " + i + " runs on " + backend.name(), ran);
                    for (int spin = ThreadLocalRandom.current().nextInt(300); spin > 0; spin--) {
                        Thread.onSpinWait();
                    }
                }
            }
        }
    }

    @Test
    void case28_wakesCoalesceToOneByteForEachSleep() throws IOException {
        try (TestLoop test = new TestLoop()) {
            WakeUp wakeUp = new WakeUp(test.inside);
            wakeUp.wake();
            assertEquals(0, drain(wakeUp), "a loop that is awake is not woken");
            for (int sleep = 0; sleep < 3; sleep++) {
                wakeUp.asleep();
                for (int i = 0; i < 1_000; i++) {
                    wakeUp.wake();
                }
                wakeUp.awake();
                assertEquals(1, drain(wakeUp));
            }
            wakeUp.drop();
            wakeUp.asleep();
            wakeUp.wake(); // harmless
        }
    }

    private static int drain(WakeUp wakeUp) throws IOException {
        return Math.max(0, wakeUp.channel().read(ByteBuffer.allocate(2_000)));
    }

    @Test
    void case28_aThreadThatIsInterruptedMayPostAndTheWakeUpPipeSurvives() throws Exception {
        try (RunningLoop running = new RunningLoop()) {
            for (int i = 0; i < 100; i++) {
                CountDownLatch ran = new CountDownLatch(1);
                running.awaitRest();
                Thread.currentThread().interrupt();
                running.loop.execute(ran::countDown);
                assertTrue(Thread.interrupted(), "the interrupt is the poster's own business");
                Await.latch("the task runs", ran);
            }
        }
    }

    @Test
    void case28_aLoopThatIsInterruptedGoesOnAndDoesNotSpin() throws Exception {
        for (Backend backend : List.of(NIO, NoBackend.INSTANCE)) {
            try (RunningLoop running = new RunningLoop(backend)) {
                for (int i = 0; i < 10; i++) {
                    running.thread.interrupt();
                    running.call(() -> "it runs");
                }
                running.awaitRest();
                assertTrue(
                        running.inside.counters().turns() < 100,
                        "turns: " + running.inside.counters().turns());
            }
        }
    }

    @Test
    void case29_aTaskPostedDuringShutdownRunsOrIsRefusedAndNeverVanishes() throws Exception {
        for (int round = 0; round < 150; round++) {
            RunningLoop running = new RunningLoop();
            AtomicInteger ran = new AtomicInteger();
            AtomicInteger accepted = new AtomicInteger();
            Runnable sameTask = ran::incrementAndGet; // one object, posted again and again
            List<Background> posters = new ArrayList<>();
            CountDownLatch posting = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                boolean same = i == 0;
                posters.add(new Background(() -> {
                    try {
                        while (true) {
                            running.loop.execute(same ? sameTask : () -> ran.incrementAndGet());
                            accepted.incrementAndGet();
                            posting.countDown();
                        }
                    } catch (RejectedExecutionException theEnd) {
                        posting.countDown();
                    }
                }));
            }
            Await.latch("both post", posting);
            running.close();
            for (Background poster : posters) {
                poster.join();
            }
            assertEquals(accepted.get(), ran.get(), "round " + round);
        }
    }

    @Test
    void case30_theTasksOfOneThreadKeepTheirOrder() throws Exception {
        int each = 20_000;
        try (RunningLoop running = new RunningLoop()) {
            List<Background> posters = new ArrayList<>();
            List<List<Integer>> ran = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (List<Integer> mine : ran) {
                posters.add(new Background(() -> {
                    for (int i = 0; i < each; i++) {
                        int number = i;
                        running.loop.execute(() -> mine.add(number));
                    }
                }));
            }
            for (Background poster : posters) {
                poster.join();
            }
            running.call(() -> "everything before has run");
            for (List<Integer> mine : ran) {
                assertEquals(each, mine.size());
                for (int i = 0; i < each; i++) {
                    assertEquals(i, mine.get(i));
                }
            }
        }
    }

    @Test
    void case30_aTaskPostedByACallbackRunsAfterTheCurrentCallbacks() throws IOException {
        try (TestLoop test = new TestLoop()) {
            List<String> log = new ArrayList<>();
            test.loop.execute(() -> {
                test.loop.execute(() -> log.add("inner"));
                log.add("first");
            });
            test.loop.execute(() -> log.add("second"));
            test.loop.after(Duration.ZERO, event -> log.add("timer"));
            test.settle();
            assertEquals(List.of("first", "second", "timer", "inner"), log);
        }
    }

    @Test
    void aPipeThatIsGoneIsNoReasonForATaskToFail() throws IOException, ClosedChannelException {
        try (TestLoop test = new TestLoop()) {
            WakeUp wakeUp = new WakeUp(test.inside);
            wakeUp.drop();
            wakeUp.drop();
            wakeUp.asleep();
            wakeUp.wake();
        }
    }
}
