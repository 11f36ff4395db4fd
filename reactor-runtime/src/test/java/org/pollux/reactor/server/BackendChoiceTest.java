package org.pollux.reactor.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pollux.reactor.server.TestServer.ANY_PORT;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pollux.reactor.admin.LoopStatus;
import org.pollux.reactor.admin.SwapReport;

/** Which backend polls, while backends come and go and one or another is wanted. */
@Timeout(60)
final class BackendChoiceTest {

    private final TestBackend one = new TestBackend("one");
    private final TestBackend two = new TestBackend("two");

    private static ServerSettings wanting(String backend) {
        return new ServerSettings(backend, 2, Duration.ofSeconds(10), 0);
    }

    private static void assertPolls(String name, TestServer test) {
        assertEquals(name, test.server.status().backend());
        for (LoopStatus loop : test.server.status().loops()) {
            assertEquals(name, loop.backend());
        }
    }

    @Test
    void withoutABackendTheLoopsAreParked() throws IOException {
        try (TestServer test = TestServer.parked()) {
            assertPolls("none", test);
        }
    }

    @Test
    void theHighestRankedPolls() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            assertPolls("one", test);
            test.server.offer(two, 10);
            assertPolls("two", test);
            assertEquals(0, one.pollers.get(), "pollers that nobody uses");
            assertEquals(3, two.pollers.get());
        }
    }

    @Test
    void amongEqualsTheFirstStays() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            test.server.offer(two, 0);
            assertPolls("one", test);
        }
    }

    @Test
    void aChangedRankingCounts() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 5);
            test.server.offer(two, 0);
            test.server.offer(two, 10);
            assertPolls("two", test);
            assertEquals(2, test.server.status().backends().size());
        }
    }

    @Test
    void aSwapSaysWhatItMoved() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            test.server.offer(two, -1);
            test.serve("a", new TestProtocol("A"), ANY_PORT);
            try (Client client = test.connect("a").receives("A")) {
                SwapReport report = test.server.swap("two");
                assertEquals("one", report.from());
                assertEquals("two", report.to());
                assertEquals(2, report.sources(), "the listener and the connection");
                assertEquals(3, report.loops());
                assertTrue(report.longestPause().isPositive());
                assertTrue(
                        report.toString().matches("one -> two: 2 sources on 3 loops, longest pause [0-9]+\\.[0-9] ms"));
                assertPolls("two", test);
                client.hearsItsEcho("hello");
            }
        }
    }

    @Test
    void aSwapToTheSameBackendOpensOtherPollers() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            one.opens.set(3);
            assertEquals("one", test.server.swap("one").to());
            assertEquals(0, one.opens.get());
            assertEquals(3, one.pollers.get());
        }
    }

    @Test
    void aNameThatNobodyHasIsRefusedWithThoseThatThereAre() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            test.server.offer(two, -1);
            assertEquals(
                    "The backend 'three' is unknown. Known: one, two",
                    assertThrows(IllegalArgumentException.class, () -> test.server.swap("three"))
                            .getMessage());
            assertPolls("one", test);
        }
    }

    @Test
    void whatASwapChoseStaysWhenAnotherComes() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            test.server.offer(two, -1);
            test.server.swap("two");
            test.server.offer(new TestBackend("three"), 10);
            assertPolls("two", test);
            test.server.swap("auto");
            assertPolls("three", test);
        }
    }

    @Test
    void whatConfigurationNamesPollsWhateverItsRanking() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            test.server.offer(two, -1);
            test.server.configure(wanting("two"));
            assertPolls("two", test);
            test.server.configure(wanting("auto"));
            assertPolls("one", test);
        }
    }

    @Test
    void anotherSettingDoesNotUndoASwap() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            test.server.offer(two, -1);
            test.server.swap("two");
            test.server.configure(new ServerSettings("auto", 2, Duration.ofSeconds(3), 0));
            assertPolls("two", test);
        }
    }

    @Test
    void whileTheConfiguredOneIsNotThereAnotherTakesItsPlace() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.configure(wanting("two"));
            test.server.offer(one, 100);
            assertPolls("one", test);
            test.server.offer(two, 0);
            assertPolls("two", test);
            test.server.withdraw(two);
            assertPolls("one", test);
            assertEquals(0, two.pollers.get());
        }
    }

    @Test
    void oneWithANegativeRankingPollsOnlyWhenItIsNamed() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(two, -1);
            assertPolls("none", test);
            test.server.swap("two");
            assertPolls("two", test);
            test.server.offer(one, 0);
            assertPolls("two", test);
            test.server.swap("auto");
            assertPolls("one", test);
            test.server.withdraw(one);
            assertPolls("none", test);
            assertEquals(0, two.pollers.get());
        }
    }

    @Test
    void oneThatDoesNotWorkIsPassedOver() throws IOException {
        try (TestServer test = TestServer.parked()) {
            test.server.offer(one, 0);
            two.opens.set(0);
            test.server.offer(two, 10);
            assertPolls("one", test);
        }
    }

    @Test
    void oneThatWorksLaterIsTriedAgainWhenThereIsNoOther() throws IOException {
        try (TestServer test = TestServer.parked()) {
            one.opens.set(0);
            test.server.offer(one, 0);
            assertPolls("none", test);
            one.opens.set(Integer.MAX_VALUE);
            Eventually.holds("it polls", () -> test.server.status().backend().equals("one"));
        }
    }
}
