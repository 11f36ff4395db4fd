package org.pollux.reactor.runtime.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

/** The outcome for each address of a target. */
final class DialFailures {

    private final String target;
    private final StringJoiner words = new StringJoiner("; ");
    private final List<Exception> reasons = new ArrayList<>();

    DialFailures(SocketAddress target) {
        this.target = text(target);
    }

    void add(SocketAddress address, Exception reason) {
        String message = reason.getMessage() == null ? reason.toString() : reason.getMessage();
        String place = text(address);
        words.add(place.equals(target) ? message : place + ": " + message);
        reasons.add(reason);
    }

    /** An exception whose message lists them all, and which has each as a suppressed one. */
    <E extends Exception> E explain(String what, Function<String, E> newException) {
        E exception = newException.apply(what + ": " + words);
        reasons.forEach(exception::addSuppressed);
        return exception;
    }

    /** An address as one writes it: {@code localhost:80}, {@code 127.0.0.1:80}, {@code [::1]:80}, a path. */
    static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return address.toString();
        }
        InetAddress resolved = inet.getAddress();
        String host = resolved == null ? inet.getHostString() : resolved.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
}
