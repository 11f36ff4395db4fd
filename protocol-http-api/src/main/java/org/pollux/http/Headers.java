package org.pollux.http;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The header fields of a request, in the order in which they were sent; names are compared without regard to case. A
 * view of the bytes that came: strings are made when they are asked for, and it is valid as long as its request.
 */
@ProviderType
public interface Headers extends Iterable<Header> {

    /** The value of the first field of that name. */
    Optional<String> first(String name);

    /** The values of all fields of that name, one for each line: lists inside a value are not taken apart. */
    List<String> all(String name);
}
