package org.pollux.it.stages;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.util.List;
import org.pollux.reactor.ConnectOptions;
import org.pollux.reactor.ConnectionHandler;
import org.pollux.reactor.ListenOptions;
import org.pollux.reactor.Protocol;
import org.pollux.reactor.Reactor;
import org.pollux.reactor.runtime.EventLoop;
import org.pollux.reactor.runtime.loop.Loop;
import org.pollux.reactor.runtime.net.ConnectionTally;
import org.pollux.reactor.runtime.net.Resolver;
import org.pollux.reactor.runtime.net.StageFactory;
import org.pollux.reactor.runtime.net.StreamStart;

/** An event loop whose connections have stages: what an endpoint's scheme does in a server. */
final class StagedReactor {

    private StagedReactor() {}

    static Reactor of(EventLoop events, List<StageFactory> stages) {
        return of(events, stages, stages);
    }

    /** The same with others for connects, as the two ends of TLS have. */
    static Reactor of(EventLoop events, List<StageFactory> stages, List<StageFactory> ofConnects) {
        Loop loop = inside(events);
        ConnectionTally tally = new ConnectionTally();
        return (Reactor) Proxy.newProxyInstance(
                Reactor.class.getClassLoader(),
                new Class<?>[] {Reactor.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "listen" ->
                        StreamStart.listen(
                                loop,
                                (SocketAddress) arguments[0],
                                (Protocol) arguments[1],
                                ListenOptions.DEFAULTS,
                                tally,
                                stages);
                    case "connect" ->
                        StreamStart.connect(
                                loop,
                                (SocketAddress) arguments[0],
                                (ConnectionHandler) arguments[1],
                                arguments.length > 2 ? (ConnectOptions) arguments[2] : ConnectOptions.DEFAULTS,
                                tally,
                                Resolver.JDK,
                                ofConnects);
                    default -> call(events, method, arguments);
                });
    }

    private static Object call(EventLoop events, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(events, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** It is no part of an exported package's API. */
    private static Loop inside(EventLoop events) {
        try {
            Method inside = EventLoop.class.getDeclaredMethod("loop");
            inside.setAccessible(true);
            return (Loop) inside.invoke(events);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
