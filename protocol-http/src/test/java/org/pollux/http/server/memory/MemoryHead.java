package org.pollux.http.server.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.pollux.http.Header;
import org.pollux.http.server.contract.Ask;
import org.pollux.http.server.syntax.BodyEnd;
import org.pollux.http.server.syntax.HeadLayout;
import org.pollux.http.server.syntax.HttpVersion;
import org.pollux.http.server.syntax.Method;

/** Writes heads in the form that exchanges read, as HPACK will. */
final class MemoryHead {

    private MemoryHead() {}

    static ByteBuffer write(Ask request, HeadLayout layout) {
        StringBuilder text = new StringBuilder(request.method()).append(' ');
        int target = text.length();
        text.append(request.target());
        int targetEnd = text.length();
        text.append(" HTTP/2\r\n");
        int fields = text.length();
        int host = text.append("Host: ").length();
        text.append("h\r\n");
        boolean waits = false;
        for (Header field : request.fields()) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
            waits |= field.name().equalsIgnoreCase("Expect");
        }
        ByteBuffer head = ByteBuffer.wrap(text.append("\r\n").toString().getBytes(ISO_8859_1));
        layout.reset();
        layout.method(Method.of(head, 0, target - 1), target);
        if (!layout.target(head, targetEnd)) {
            throw new AssertionError("A malformed target is not for this contract: " + request.target());
        }
        layout.fields(HttpVersion.HTTP_2, fields);
        layout.host(host, host + 1);
        boolean upgrade = request.length() == Ask.UPGRADE;
        boolean told = upgrade || request.length() == Ask.UNKNOWN;
        if (upgrade) {
            layout.upgradable();
        }
        layout.body(told ? BodyEnd.TOLD : BodyEnd.LENGTH, told ? -1 : Math.max(0, request.length()), waits);
        layout.end(text.length());
        return head;
    }
}
