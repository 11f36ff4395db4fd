package org.pollux.http.server.exchange;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.pollux.http.Header;
import org.pollux.http.Headers;
import org.pollux.http.wire.FieldLines;

/** Header fields whose lines are located at each call, because the lines move, change and end. */
interface HeadersView extends Headers {

    /** The lines as they are now. Throws when they must not be read any more. */
    FieldLines lines();

    @Override
    default Optional<String> first(String name) {
        return lines().first(name);
    }

    @Override
    default List<String> all(String name) {
        return lines().all(name);
    }

    @Override
    default Iterator<Header> iterator() {
        return lines().iterator();
    }
}
