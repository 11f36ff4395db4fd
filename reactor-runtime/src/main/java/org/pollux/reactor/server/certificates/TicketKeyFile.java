package org.pollux.reactor.server.certificates;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pollux.reactor.tls.TicketKey;

/**
 * The file with the keys of tickets, which several servers may share. Each key has {@value TicketKey#BYTES} bytes; the first one
 * encrypts, all of them decrypt.
 */
public record TicketKeyFile(Path file) {

    /** The most that are of use; each decrypts the tickets of one period. */
    private static final int MOST = 16;

    /** Makes a watch of the file. A file that appears later is not read before it has settled. */
    public WatchedFiles<List<TicketKey>> watch() {
        return Files.exists(file) ? new WatchedFiles<>() : WatchedFiles.ofNewFiles();
    }

    /**
     * Looks at the file once, and reads it if it has changed. Without the file nothing happens.
     *
     * @param now in nanoseconds
     */
    public void look(WatchedFiles<List<TicketKey>> watch, long now) {
        if (Files.exists(file) || watch.value().isPresent()) {
            watch.look(List.of(file), this::read, now, false);
        }
    }

    private List<TicketKey> read() throws BadCertificateException {
        CertificateReader.requireSecret(file);
        byte[] octets = CertificateReader.bytes(file);
        int count = octets.length / TicketKey.BYTES;
        if (count == 0 || count > MOST || octets.length % TicketKey.BYTES != 0) {
            throw new BadCertificateException(file + ": it has " + octets.length + " bytes, but must have "
                    + TicketKey.BYTES + " for each of at most " + MOST + " keys: make one with openssl rand "
                    + TicketKey.BYTES);
        }
        List<TicketKey> keys = new ArrayList<>();
        for (int i = 0; i < octets.length; i += TicketKey.BYTES) {
            keys.add(new TicketKey(Arrays.copyOfRange(octets, i, i + TicketKey.BYTES)));
        }
        return List.copyOf(keys);
    }
}
