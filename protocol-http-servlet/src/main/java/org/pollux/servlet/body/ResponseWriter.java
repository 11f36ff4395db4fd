package org.pollux.servlet.body;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.Charset;

/** Encodes text without a buffer of its own. A pair of surrogates may come in two writes. */
public final class ResponseWriter extends Writer {

    private final OutputStream out;
    private final Charset charset;
    private char high; // of a pair whose second half has not come; 0 for none

    public ResponseWriter(OutputStream out, Charset charset) {
        this.out = out;
        this.charset = charset;
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        encode(from == 0 && count == text.length() ? text : text.substring(from, from + count));
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
        encode(new String(text, from, count));
    }

    private void encode(String text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        String whole = high == 0 ? text : high + text;
        high = 0;
        int end = whole.length();
        if (Character.isHighSurrogate(whole.charAt(end - 1))) {
            high = whole.charAt(--end);
            whole = whole.substring(0, end);
        }
        out.write(whole.getBytes(charset));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
