package org.pollux.reactor.framing;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame ends with a match of a pattern. A match counts if the search for it did not reach the end of the bytes
 * ({@link Matcher#hitEnd}), because then no further byte can change it. The search never sees more than one byte beyond
 * the limit, so that the result does not depend on how the bytes arrive.
 */
final class PatternCut extends Cut {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int most;
    private final Latin1 text = new Latin1();
    private final Matcher matcher;

    PatternCut(Pattern delimiter, int most) {
        this.most = most;
        this.matcher = delimiter.matcher(text);
    }

    @Override
    boolean find(ByteBuffer bytes, boolean last) throws FrameException {
        int known = bytes.remaining();
        text.show(bytes, Math.min(known, most + 1));
        try {
            return search(last && known <= most) || isOpen(known);
        } finally {
            text.show(NOTHING, 0);
        }
    }

    @SuppressWarnings("JdkObsolete") // hitEnd is meant for streams, and this is one
    private boolean search(boolean whole) {
        matcher.reset();
        while (matcher.find() && (whole || !matcher.hitEnd())) {
            if (matcher.end() > most) {
                return false;
            }
            if (matcher.start() < matcher.end()) {
                return found(0, matcher.start(), matcher.end());
            }
        }
        return false;
    }

    /** No frame yet. */
    private boolean isOpen(int known) throws FrameException {
        if (known > most) {
            throw undelimited(most);
        }
        return false;
    }

    @Override
    int wanted(int known) {
        return step(known, most + 1);
    }

    /** Bytes as characters of the same numbers. */
    private static final class Latin1 implements CharSequence {

        private ByteBuffer bytes = NOTHING;
        private int length;

        void show(ByteBuffer shown, int count) {
            bytes = shown;
            length = count;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes.get(bytes.position() + index) & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        @Override
        public String toString() {
            StringBuilder string = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                string.append(charAt(i));
            }
            return string.toString();
        }
    }
}
