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
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    void anInvalidatedSessionIsNotValidAnyMore() throws Exception {
        try (HandServlets server = new HandServlets((request, response) -> {
            request.getSession().invalidate();
            response.getWriter().print(request.isRequestedSessionIdValid());
            request.getSession(); // another one
        })) {
            assertTrue(server.get("/", "Cookie: " + cookie(server.get("/"))).endsWith("false"));
        }
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
    void aSessionWithoutRequestsEnds_7_5() throws Exception {
        try (HandServlets server = new HandServlets(SessionTest::count)) {
            String cookie = cookie(server.get("/"));
            server.time.addAndGet(Duration.ofMinutes(30).toMillis());
            assertTrue(server.get("/", "Cookie: " + cookie).endsWith("1 true false"));
        }
    }

    @Test
    void aSessionGetsAnotherIdAndKeepsItsValues() throws Exception {
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
    void listenersHearOfSessionsAndStillSeeTheirValues_11_3() {
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

    /** Carts and their interfaces are in the bundle "shop", whose class loader loads no arrays, as those of bundles. */
    private static final class Shop implements ClassHome {
        private boolean isThere = true;

        @Override
        public String of(Class<?> type) {
            return Cart.class.isAssignableFrom(type.isArray() ? type.componentType() : type)
                            || type == Basket.class
                            || type == Plain.class
                    ? "shop"
                    : "";
        }

        @Override
        public Class<?> load(String home, String name) throws ClassNotFoundException {
            if (!isThere) {
                throw new ClassNotFoundException(name);
            }
            return SessionTest.class.getClassLoader().loadClass(name);
        }
    }

    private final Shop shop = new Shop();
    private final Sessions ofShop = new Sessions(SMALL, () -> Instant.ofEpochMilli(now), shop);

    @Test
    void valuesOfABundleThatEndsAreBytesUntilItIsBack() {
        Session session = ofShop.create();
        Cart before = new Cart(3);
        session.setAttribute("cart", before);
        ofShop.leave("another");
        assertSame(before, session.getAttribute("cart"));
        ofShop.leave("shop");
        shop.isThere = false;
        assertEquals(null, session.getAttribute("cart"));
        shop.isThere = true;
        assertEquals(before, session.getAttribute("cart"));
        assertNotSame(before, session.getAttribute("cart"), "the old class is not held");
    }

    interface Basket {
        int items();
    }

    record Items(int count) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
            return count;
        }
    }

    @Test
    void arraysAndProxiesOfABundleAreValuesToo() {
        Session session = ofShop.create();
        session.setAttribute("carts", new Cart[][] {{new Cart(3)}});
        Object proxy = Proxy.newProxyInstance(
                Basket.class.getClassLoader(), new Class<?>[] {Basket.class, Runnable.class}, new Items(5));
        session.setAttribute("basket", proxy);
        ofShop.leave("shop");
        Object carts = session.getAttribute("carts");
        assertTrue(carts instanceof Cart[][] rows && rows[0][0].equals(new Cart(3)));
        Object basket = session.getAttribute("basket");
        assertNotSame(proxy, basket, "it was stored");
        assertTrue(basket instanceof Basket restored && restored.items() == 5);
    }

    static final class Plain {}

    @Test
    void aCollectionWithAnObjectOfTheBundleThatCannotBeStoredIsRemoved() {
        Session session = ofShop.create();
        session.setAttribute("pins", new ArrayList<>(List.of(new Object(), List.of(new Plain()))));
        session.setAttribute("stays", new ArrayList<>(List.of(new Object())));
        ofShop.leave("shop");
        assertEquals(List.of("stays"), Collections.list(session.getAttributeNames()));
    }

    @Test
    void aValueIsBoundBeforeItIsSeenAndUnboundAfterwards_7_4() {
        List<String> heard = new ArrayList<>();
        class Bound implements HttpSessionBindingListener {
            @Override
            public void valueBound(HttpSessionBindingEvent event) {
                heard.add("bound " + event.getSession().getAttribute("a"));
            }

            @Override
            public void valueUnbound(HttpSessionBindingEvent event) {
                heard.add("unbound " + event.getSession().getAttribute("a"));
            }
        }
        Session session = sessions.create();
        session.setAttribute("a", new Bound());
        session.setAttribute("a", 2);
        assertEquals(List.of("bound null", "unbound 2"), heard);
    }

    @Test
    void anAccessorUsesASessionOutsideOfARequestUntilItEnds_7_3() {
        Session session = sessions.create();
        HttpSession.Accessor accessor = session.getAccessor();
        long used = now + Duration.ofMinutes(20).toMillis();
        now = used;
        accessor.access(same -> same.setAttribute("a", 1));
        now += Duration.ofMinutes(20).toMillis();
        accessor.access(same -> assertEquals(used, same.getLastAccessedTime(), "it lives since it was used"));
        now += Duration.ofMinutes(30).toMillis();
        assertThrows(IllegalStateException.class, () -> accessor.access(_ -> {}));
        assertEquals(0, sessions.size());
    }

    @Test
    void aSessionHasALimitOfValues() {
        Session session = sessions.create();
        session.setAttribute("a", 1);
        session.setAttribute("b", 1);
        session.setAttribute("b", 2);
        assertThrows(IllegalStateException.class, () -> session.setAttribute("c", 1));
    }

    private Sessions withRoom(int count) {
        return new Sessions(
                new SessionSettings("JSESSIONID", "Lax", Duration.ofMinutes(30), count, 2, 1 << 20),
                () -> Instant.ofEpochMilli(now),
                ClassHome.PLAIN);
    }

    @Test
    void tooManySessionsAreReducedToTheLimit(@TempDir Path folder) throws IOException {
        Sessions more = withRoom(5);
        for (int i = 0; i < 5; i++) {
            more.create();
        }
        Path file = folder.resolve("sessions");
        more.save(file);
        sessions.load(file);
        assertEquals(5, sessions.size());
        sessions.create();
        assertEquals(2, sessions.size());
    }

    @Test
    void allSessionsAreSearchedForRoomOnceASecondAtMost() {
        Session brief = sessions.create();
        Session other = sessions.create();
        assertTrue(sessions.find(brief.getId()).isPresent()
                && sessions.find(other.getId()).isPresent());
        brief.setMaxInactiveInterval(1);
        now += 600;
        assertThrows(IllegalStateException.class, sessions::create);
        now += 500;
        assertThrows(IllegalStateException.class, sessions::create, "one has expired since, and was not searched for");
        now += 500;
        sessions.create();
        assertTrue(brief.isOver() && !other.isOver());
    }

    @Test
    void aSessionThatHasEndedGetsNoOtherId() {
        Session session = sessions.create();
        session.invalidate();
        assertThrows(IllegalStateException.class, () -> sessions.rename(session));
        assertEquals(0, sessions.size());
    }

    @Test
    void aDamagedFileIsAFaultOfItsOwn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sessions");
        for (int bytes : new int[] {-1, Integer.MAX_VALUE}) {
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
                out.writeInt(1);
                out.writeBoolean(true);
                out.writeUTF("id");
                out.writeLong(now);
                out.writeLong(now);
                out.writeInt(60);
                out.writeBoolean(true);
                out.writeInt(1);
                out.writeUTF("name");
                out.writeInt(0);
                out.writeInt(bytes);
            }
            assertThrows(IOException.class, () -> sessions.load(file));
        }
        Files.write(file, new byte[] {0, 0, 0, 2, 0});
        IOException fault = assertThrows(IOException.class, () -> sessions.load(file));
        assertTrue(String.valueOf(fault.getMessage()).contains("version is 2"), fault.getMessage());
        assertFalse(Files.exists(file), "it is read once");
    }

    record Chain(@Nullable Chain next) implements Serializable {}

    static final class Refuses implements HttpSessionActivationListener, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public void sessionWillPassivate(HttpSessionEvent event) {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void aValueThatCannotBeStoredCostsNoOtherSession(@TempDir Path folder) throws IOException {
        Sessions of = withRoom(2);
        Chain chain = new Chain(null);
        for (int i = 0; i < 100_000; i++) {
            chain = new Chain(chain);
        }
        Session faulty = of.create();
        faulty.setAttribute("chain", chain);
        faulty.setAttribute("refuses", new Refuses());
        Session session = of.create();
        session.setAttribute("cart", new Cart(3));
        Path file = folder.resolve("sessions");
        of.save(file);
        Sessions next = withRoom(2);
        next.load(file);
        assertEquals(new Cart(3), next.find(session.getId()).orElseThrow().getAttribute("cart"));
        assertFalse(next.find(faulty.getId()).orElseThrow().getAttributeNames().hasMoreElements());
    }
}
