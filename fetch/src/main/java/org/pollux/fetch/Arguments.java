package org.pollux.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words of the command line. The JVM decodes them by the locale, and in one like C every byte of a letter beyond ASCII
 * becomes U+FFFD: another URL, without a word. The system still has the bytes, which are read as UTF-8 then.
 */
final class Arguments {

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    /** What the user has written; where that cannot be known, U+FFFD is left, which no URL may have. */
    static List<String> asWritten(List<String> decoded) throws UsageException {
        boolean broken = decoded.stream().anyMatch(word -> word.indexOf('\uFFFD') >= 0);
        if (!broken) {
            return decoded;
        }
        byte[] commandLine;
        try {
            commandLine = Files.readAllBytes(COMMAND_LINE);
        } catch (IOException e) { // not on Linux
            return decoded;
        }
        return last(decoded.size(), commandLine);
    }

    /** The last words of a command line whose words each end in a zero. */
    static List<String> last(int count, byte[] commandLine) throws UsageException {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < commandLine.length; at++) {
            if (commandLine[at] == 0) {
                words.add(utf8(Arrays.copyOfRange(commandLine, from, at)));
                from = at + 1;
            }
        }
        return List.copyOf(words.subList(Math.max(0, words.size() - count), words.size()));
    }

    private static String utf8(byte[] word) throws UsageException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(word))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException("'" + new String(word, StandardCharsets.UTF_8)
                    + "' has bytes that are not UTF-8: percent-encode them in a URL");
        }
    }

    /** The file of that name, if the locale can write it. */
    static Path path(String name) throws UsageException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new UsageException("'" + name + "' cannot be the name of a file in this locale: set LC_ALL=C.UTF-8");
        }
    }
}
