package org.pollux.reactor.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** However the bytes come, the frames are those that one finds who has all of them. */
class SplitsTest {

    /** So small that some frames are beyond it. */
    private static final int BOUND = 24;

    /** What happens to a stream: its frames, its remainder, and whether it ended well. */
    private record Outcome(List<String> frames, String remainder, boolean good) {}

    /** Few letters, so that delimiters, and beginnings of them, are everywhere. */
    private static String randomText(Random random, String letters) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(200);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    private static void assertSame(Outcome expected, Framing framing, String bytes, Random random) throws IOException {
        for (int longest : List.of(1, 3, 20, 300)) {
            Frames frames = new Frames();
            try (FramedStream stream = new FramedStream(framing, frames)) {
                stream.sendInPieces(bytes, random, longest);
                stream.end(frames);
            }
            boolean good = frames.cause.isEmpty();
            assertEquals(expected, new Outcome(frames.frames, frames.remainder, good), bytes + " by " + longest);
        }
    }

    @RepeatedTest(40)
    void delimiters(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        String bytes = randomText(random, "ab\r\n");
        Outcome expected = byEnds(bytes, BOUND - 1, rest -> {
            for (int i = 0; i < rest.length(); i++) {
                String seen = rest.substring(0, i + 1);
                for (String delimiter : List.of("\r\n", "ba", "\n")) {
                    if (seen.endsWith(delimiter)) {
                        return new int[] {i + 1 - delimiter.length(), i + 1};
                    }
                }
            }
            return new int[] {};
        });
        assertSame(expected, Framing.delimitedBy(BOUND, "\n", "\r\n", "ba"), bytes, random);
    }

    @RepeatedTest(40)
    void patterns(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        String bytes = randomText(random, "ab\r\n");
        Pattern pattern = List.of(Pattern.compile("\r?\n"), Pattern.compile("\r\n?|a+b"), Pattern.compile("(?<=b)\n+"))
                .get(random.nextInt(3));
        Outcome expected = byEnds(bytes, BOUND, rest -> {
            Matcher matcher = pattern.matcher(rest);
            return matcher.find() ? new int[] {matcher.start(), matcher.end()} : new int[] {};
        });
        assertSame(expected, Framing.delimitedBy(BOUND, pattern), bytes, random);
    }

    /** Cuts off frame by frame; where the first delimiter begins and ends is asked for, nothing when there is none. */
    private static Outcome byEnds(String bytes, int longestRest, Function<String, int[]> firstDelimiter) {
        List<String> frames = new ArrayList<>();
        String rest = bytes;
        while (!rest.isEmpty()) {
            int[] delimiter = firstDelimiter.apply(rest);
            if (delimiter.length == 0) {
                return new Outcome(frames, rest.length() > longestRest ? "" : rest, false);
            }
            if (delimiter[1] > BOUND) {
                return new Outcome(frames, "", false);
            }
            frames.add(rest.substring(0, delimiter[0]));
            rest = rest.substring(delimiter[1]);
        }
        return new Outcome(frames, "", true);
    }

    @RepeatedTest(40)
    void lengths(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder bytes = new StringBuilder();
        List<String> frames = new ArrayList<>();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
            String frame = "x".repeat(random.nextInt(BOUND + 1));
            frames.add(frame);
            bytes.append('\0').append((char) frame.length()).append(frame);
        }
        Framing framing = Framing.lengthPrefixed(new LengthPrefix(2), BOUND);
        assertSame(new Outcome(frames, "", true), framing, bytes.toString(), random);
        assertSame(new Outcome(frames, "\0", false), framing, bytes + "\0", random);
        assertSame(new Outcome(frames, "", false), framing, bytes + "\1\0\0\0", random);
    }

    @RepeatedTest(10)
    void fixedLengths(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        String bytes = randomText(random, "abc");
        List<String> frames = new ArrayList<>();
        int whole = bytes.length() / 7 * 7;
        for (int i = 0; i < whole; i += 7) {
            frames.add(bytes.substring(i, i + 7));
        }
        String rest = bytes.substring(whole);
        assertSame(new Outcome(frames, rest, rest.isEmpty()), Framing.fixed(7), bytes, random);
    }

    /** Frames beyond a read, and beyond what a connection keeps. */
    @RepeatedTest(10)
    void largeFrames(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            frames.add("x".repeat(random.nextInt(200_000)));
        }
        Frames heard = new Frames();
        try (FramedStream stream = new FramedStream(Framing.delimitedBy(1_000_000, "\r\n"), heard)) {
            stream.send(String.join("\r\n", frames) + "\r\n");
            stream.end(heard);
        }
        assertEquals(frames, heard.frames);
        assertEquals("none", heard.causeMessage());
    }
}
