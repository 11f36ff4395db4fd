package org.pollux.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pollux.servlet.sessions.ClassHome;
import org.pollux.servlet.sessions.Session;
import org.pollux.servlet.sessions.SessionSettings;
import org.pollux.servlet.sessions.Sessions;

/** Sessions, by cookie and without (Servlet 6.1, section 7). */
@Timeout(60)
class SessionTest {

    record Cart(int items) implements Serializable {}

    private static final SessionSettings SMALL =
            new SessionSettings("JSESSIONID", "Lax", Duration.ofMinutes(30), 2, 2, 1000);

    private long now = 1_000_000;
    private final Sessions sessions = new Sessions(SMALL, () -> Instant.ofEpochMilli(now), ClassHome.PLAIN);

    private static void count(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        int count = Optional.ofNullable((Integer) session.getAttribute("count")).orElse(0) + 1;
        session.setAttribute("count", count);
        response.getWriter().print(count + " " + session.isNew() + ' ' + request.isRequestedSessionIdValid());
    }

    private static String cookie(String response) {
        int at = response.indexOf("JSESSIONID=");
        return response.substring(at, response.indexOf(';', at));
    }

    @Test
    void aClientReturnsToItsSessionByASafeCookie_7_1() throws Exception {
        try (HandServlets server = new HandServlets(SessionTest::count)) {
            String first = server.get("/");
            assertTrue(first.endsWith("1 true false"), first);
            assertTrue(first.contains("; Path=/; HttpOnly; SameSite=Lax\r\n"), first);
            String second = server.get("/", "Cookie: " + cookie(first));
            assertTrue(second.endsWith("2 false true") && !second.contains("Set-Cookie"), second);
            assertTrue(
                    server.get("/", "Cookie: JSESSIONID=forged").endsWith("1 true false"), "a forged id finds nothing");
        }
    }

    @Test
    void aSessionThatNobodyUsesEnds_7_5() throws Exception {
        try (HandServlets server = new HandServlets(SessionTest::count)) {
            String cookie = cookie(server.get("/"));
            server.time.addAndGet(Duration.ofMinutes(30).toMillis());
            assertTrue(server.get("/", "Cookie: " + cookie).endsWith("1 true false"));
        }
    }

    @Test
    void aSessionGetsAnotherIdAndKeepsItsValues_7_8() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            if (request.getQueryString() != null) {
                request.changeSessionId();
            }
            count(request, response);
        })) {
            String before = cookie(server.get("/"));
            String renamed = server.get("/?login", "Cookie: " + before);
            assertTrue(renamed.endsWith("2 false true"), renamed);
            assertNotEquals(before, cookie(renamed));
            assertTrue(server.get("/", "Cookie: " + before).endsWith("1 true false"));
            assertTrue(server.get("/", "Cookie: " + cookie(renamed)).endsWith("3 false true"));
        }
    }

    @Test
    void clientsThatKeepNoCookiesDoNotPushOutThoseThatDo() {
        Session kept = sessions.create();
        assertTrue(sessions.find(kept.getId()).isPresent());
        Session stranger = sessions.create();
        Session next = sessions.create();
        assertEquals(2, sessions.size());
        assertTrue(stranger.isOver() && !kept.isOver());
        assertTrue(sessions.find(next.getId()).isPresent());
        String message =
                assertThrows(IllegalStateException.class, sessions::create).getMessage();
        assertTrue(String.valueOf(message).contains("raise sessions"), message);
    }

    @Test
    void listenersHearOfSessionsAndStillSeeTheirValues_7_4() {
        List<String> heard = new ArrayList<>();
        class Heard implements HttpSessionListener, HttpSessionIdListener {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                heard.add("created");
            }

            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                heard.add("destroyed " + event.getSession().getAttribute("a"));
            }

            @Override
            public void sessionIdChanged(HttpSessionEvent event, String before) {
                heard.add("renamed");
            }
        }
        sessions.listeners().add(new Heard());
        Session session = sessions.create();
        session.setAttribute("a", 1);
        sessions.rename(session);
        session.invalidate();
        assertEquals(List.of("created", "renamed", "destroyed 1"), heard);
    }

    @Test
    void sessionsAreStoredForTheNextVersion(@TempDir Path folder) throws IOException {
        Session session = sessions.create();
        session.setAttribute("cart", new Cart(3));
        session.setAttribute("lost", new Object());
        Path file = folder.resolve("sessions");
        sessions.save(file);
        assertEquals(
                "[OWNER_READ, OWNER_WRITE]",
                Files.getPosixFilePermissions(file).stream().sorted().toList().toString());

        Sessions next = new Sessions(SMALL, () -> Instant.ofEpochMilli(now), ClassHome.PLAIN);
        next.load(file);
        Session loaded = next.find(session.getId()).orElseThrow();
        assertEquals(new Cart(3), loaded.getAttribute("cart"));
        assertFalse(loaded.getAttributeNames().asIterator().next().equals("lost"));
        assertFalse(Files.exists(file), "it is read once");
    }

    @Test
    void valuesOfABundleThatEndsAreBytesUntilItIsBack() {
        boolean[] isThere = {true};
        Sessions of = new Sessions(SMALL, () -> Instant.ofEpochMilli(now), new ClassHome() {
            @Override
            public String of(Class<?> type) {
                return type == Cart.class ? "shop" : "";
            }

            @Override
            public Class<?> load(String home, String name) throws ClassNotFoundException {
                if (!isThere[0]) {
                    throw new ClassNotFoundException(name);
                }
                return Cart.class;
            }
        });
        Session session = of.create();
        Cart before = new Cart(3);
        session.setAttribute("cart", before);
        of.leave("another");
        assertSame(before, session.getAttribute("cart"));
        of.leave("shop");
        isThere[0] = false;
        assertEquals(null, session.getAttribute("cart"));
        isThere[0] = true;
        assertEquals(before, session.getAttribute("cart"));
        assertNotSame(before, session.getAttribute("cart"), "the old class is not held");
    }

    @Test
    void aSessionHasALimitOfValues() {
        Session session = sessions.create();
        session.setAttribute("a", 1);
        session.setAttribute("b", 1);
        session.setAttribute("b", 2);
        assertThrows(IllegalStateException.class, () -> session.setAttribute("c", 1));
    }
}
