package org.pollux.reactor.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.pollux.reactor.runtime.net.Resolver;

/** Knows one host, {@code host.test}, of which it says nothing until a test does, and fails over {@code broken.test}. */
final class FixedResolver implements Resolver {

    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();

    void knows(String... literals) {
        answer.complete(Stream.of(literals).map(InetAddress::ofLiteral).toList());
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        threads.add(Thread.currentThread());
        asked.add(host);
        if (host.equals("broken.test")) {
            throw new IllegalStateException("made to fail");
        }
        if (!host.equals("host.test")) {
            throw new UnknownHostException(host);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw (UnknownHostException) e.getCause();
        } catch (InterruptedException _) {
            throw new UnknownHostException("interrupted");
        }
    }
}
