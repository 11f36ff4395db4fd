package org.pollux.http;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Header fields, or trailers, in the order in which they were sent or set. Names are compared without regard to case.
 * It is a view: it is valid as long as its message, and those of a {@link Response} also show fields that are set
 * later.
 */
@ProviderType
public interface Headers extends Iterable<Header> {

    /** The value of the first field of that name. */
    Optional<String> first(String name);

    /** The values of all fields of that name, one for each line: lists inside a value are not taken apart. */
    List<String> all(String name);
}
