package org.pollux.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Requests to measure with, in buffers like those that a loop reads into. */
public enum Requests {

    /** What a load generator sends. */
    SMALL("GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"),

    /** What a browser sends. */
    BROWSER(
            """
            GET /site/articles/2026/what-is-new.html?from=home&page=2 HTTP/1.1\r
            Host: www.example.org\r
            Connection: keep-alive\r
            Cache-Control: max-age=0\r
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36\r
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r
            Accept-Encoding: gzip, deflate, br, zstd\r
            Accept-Language: en-GB,en;q=0.9,de;q=0.8\r
            Referer: http://www.example.org/site/\r
            Sec-Fetch-Dest: document\r
            Sec-Fetch-Mode: navigate\r
            Sec-Fetch-Site: same-origin\r
            Cookie: session=8f14e45fceea167a5a36dedd4bea2543; theme=dark\r
            \r
            """);

    private final String text;

    Requests(String text) {
        this.text = text;
    }

    public ByteBuffer bytes() {
        return of(text);
    }

    public static ByteBuffer get(String path) {
        return of("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
    }

    private static ByteBuffer of(String text) {
        return ByteBuffer.allocateDirect(text.length()).put(text.getBytes(US_ASCII)).flip();
    }
}
