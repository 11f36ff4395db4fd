package org.pollux.http.multipart;

import java.util.List;
import java.util.Optional;
import org.pollux.http.Header;

/**
 * What stands before the content of a part.
 *
 * @param name of the field; the parts of a form may have equal names
 * @param fileName the name of the file at the client, without folders; empty for a field without a file. Any client can send
 *     any text here: never use it as the name of a file of the server
 * @param type the value of {@code Content-Type}; empty when it is not sent, which means {@code text/plain}
 * @param fields all header fields of the part, in their order. Octets above 0x7F are read as UTF-8 here (RFC 7578,
 *     section 5.1); those that are not UTF-8 become U+FFFD
 */
public record PartHead(String name, Optional<String> fileName, Optional<String> type, List<Header> fields) {

    /** Keeps a copy of the fields. */
    public PartHead {
        fields = List.copyOf(fields);
    }
}
