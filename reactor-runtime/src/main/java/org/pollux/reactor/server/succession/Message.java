package org.pollux.reactor.server.succession;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process tells the other. On the wire it is the number of the bytes that follow, then the kind, the number of words and
 * the words.
 *
 * @param words each of {@link #LONGEST_WORD} characters at most; longer ones are cut
 */
record Message(Kind kind, List<String> words) {

    /** Written by name, so that a version may add some. */
    enum Kind {
        /** The successor is there: the version of this protocol, and of the server. */
        HELLO,
        /** A socket, with its descriptor: the endpoint, the service, whether it lasts. */
        SOCKET,
        /** A problem that the predecessor has: no reason not to follow it. */
        PROBLEM,
        /** All sockets and problems were sent: how many sockets. */
        SOCKETS,
        /** The successor has all it needs, and waits. */
        READY,
        /** The predecessor accepts nothing any more: the successor serves. */
        GO,
        /** The successor stops because it was told to: the predecessor does not take back. */
        STOPPING,
        /** The predecessor has drained, and ends. */
        BYE,
        /** It does not go on: the reason. */
        NO
    }

    /** Bytes of a whole message: more than its words can have. */
    static final int LONGEST = 1 << 15;

    /** The version of this protocol. */
    static final String VERSION = "1";

    private static final int LONGEST_WORD = 2000;
    private static final int MOST_WORDS = 4;

    Message {
        words = words.stream().map(Message::cut).toList();
    }

    /** A word as a message has it. */
    static String cut(String word) {
        return word.substring(0, Math.min(word.length(), LONGEST_WORD));
    }

    static Message of(Kind kind, String... words) {
        return new Message(kind, List.of(words));
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(kind.name());
            out.writeByte(words.size());
            for (String word : words) {
                out.writeUTF(word);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #encode} has written. */
    static Message decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Kind kind = Kind.valueOf(in.readUTF());
            int count = in.readUnsignedByte();
            if (count > MOST_WORDS) {
                throw new IOException("a message has " + count + " words, and not " + MOST_WORDS + " at most");
            }
            List<String> words = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                words.add(in.readUTF());
            }
            return new Message(kind, words);
        } catch (IllegalArgumentException e) {
            throw new IOException("the other process sent a message of an unknown kind", e);
        } catch (EOFException e) { // of the message: that of the conversation means that the other process has ended
            throw new IOException("the other process sent a message with too few bytes", e);
        }
    }

    /** A word, empty when there are not so many. */
    String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
