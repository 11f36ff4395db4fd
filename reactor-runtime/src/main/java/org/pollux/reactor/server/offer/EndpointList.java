package org.pollux.reactor.server.offer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The endpoints of one protocol service, each of them once.
 *
 * @param malformed what cannot be understood, with the reason and the remedy
 */
public record EndpointList(Set<EndpointAddress> addresses, Map<String, String> malformed) {

    /**
     * Reads a service property. One that is malformed does not keep the others from being served.
     *
     * @param property a text, an array of them or a collection; one text may list several, separated by commas or blanks
     */
    public static EndpointList of(Object property) {
        Set<EndpointAddress> addresses = new LinkedHashSet<>();
        Map<String, String> malformed = new LinkedHashMap<>();
        for (String text : joined(texts(property))) {
            try {
                addresses.add(EndpointAddress.parse(text));
            } catch (IllegalArgumentException e) {
                malformed.put(text, String.valueOf(e.getMessage()));
            }
        }
        return new EndpointList(addresses, malformed);
    }

    /** A comma also separates the networks of an endpoint's proxies: what looks like one belongs to the endpoint before it. */
    private static List<String> joined(List<String> texts) {
        List<String> endpoints = new ArrayList<>();
        for (String text : texts) {
            if (!endpoints.isEmpty()
                    && endpoints.getLast().matches(".*[?&]proxy=[^&]*")
                    && text.matches("[0-9A-Fa-f.:]+(/[0-9]*)?(&.*)?")) {
                endpoints.add(endpoints.removeLast() + "," + text);
            } else {
                endpoints.add(text);
            }
        }
        return endpoints;
    }

    /** The same with something else that is wrong. */
    public EndpointList withProblem(String text, String problem) {
        Map<String, String> problems = new LinkedHashMap<>(malformed);
        problems.put(text, problem);
        return new EndpointList(addresses, problems);
    }

    /** The list that follows that one. A malformed endpoint may be meant to be one of those before, so these stay until it is corrected. */
    EndpointList after(EndpointList before) {
        if (malformed.isEmpty() || before.addresses.isEmpty()) {
            return this;
        }
        Set<EndpointAddress> all = new LinkedHashSet<>(addresses);
        Set<String> places = addresses.stream().map(EndpointList::place).collect(Collectors.toSet());
        before.addresses.stream()
                .filter(address -> !places.contains(place(address)))
                .forEach(all::add);
        Map<String, String> problems = new LinkedHashMap<>(malformed);
        problems.replaceAll((_, problem) -> problem + ". The endpoints before stay open");
        return new EndpointList(all, problems);
    }

    /** Where its socket is, whatever its options are. */
    private static String place(EndpointAddress address) {
        return switch (address) {
            case EndpointAddress.Internet internet ->
                (internet.datagrams() ? "udp " : "tcp ") + internet.host() + " " + internet.port();
            case EndpointAddress.Unix unix -> unix.path();
        };
    }

    /** The single texts of a property that may have several: an array, a collection, or one text with commas or blanks. */
    public static List<String> texts(Object property) {
        Stream<?> values = switch (property) {
            case Object[] array -> Stream.of(array);
            case Collection<?> collection -> collection.stream();
            default -> Stream.of(property);
        };
        List<String> texts = new ArrayList<>();
        values.flatMap(value -> Stream.of(value.toString().split("[,\\s]+")))
                .filter(text -> !text.isEmpty())
                .forEach(texts::add);
        return texts;
    }
}
