package org.pollux.reactor.server.certificates;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of one certificate.
 *
 * <pre>
 *   NAME.pem                            the chain and the key in one file
 *   NAME.crt  NAME.key                  also .cer and .pem instead of .crt
 *   NAME.p12  NAME.password             also .pfx; the password has one line, and may be absent when it is empty
 *   NAME/fullchain.pem  NAME/privkey.pem     as certbot writes them
 *   NAME/tls.crt  NAME/tls.key               as Kubernetes mounts them
 *   NAME.ocsp                           the OCSP response, in DER, beside any of these
 * </pre>
 *
 * @param chain with the certificate first; of PKCS#12, all of it
 * @param secret the key, or the password of PKCS#12; perhaps the same file as the chain
 */
record CertificateFiles(Path chain, Path secret) {

    private static final List<List<String>> KNOWN =
            List.of(List.of("fullchain.pem", "privkey.pem"), List.of("tls.crt", "tls.key"));

    /** Looks for certificates in a folder, and in folders in it. The result is in the order of the names. */
    static Map<String, CertificateFiles> find(Path folder) throws IOException {
        Map<String, CertificateFiles> found = new LinkedHashMap<>();
        for (Path path : sorted(folder)) {
            String name = name(path);
            if (Files.isDirectory(path)) {
                known(path).forEach(files -> found.put(name + "/" + name(files.chain()), files));
            } else if (isChain(name) && !name.equals("privkey.pem")) {
                found.put(name, new CertificateFiles(path, secret(path)));
            }
        }
        return found;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        TreeSet<Path> all = new TreeSet<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            paths.forEach(path -> {
                if (!name(path).startsWith(".")) {
                    all.add(path);
                }
            });
        }
        return List.copyOf(all);
    }

    private static Stream<CertificateFiles> known(Path folder) {
        return KNOWN.stream()
                .map(names -> new CertificateFiles(folder.resolve(names.get(0)), folder.resolve(names.get(1))))
                .filter(files -> Files.exists(files.chain()));
    }

    private static boolean isChain(String name) {
        return Stream.of(".pem", ".crt", ".cer", ".p12", ".pfx").anyMatch(name::endsWith);
    }

    private static Path secret(Path chain) {
        String name = name(chain);
        String stem = name.substring(0, name.lastIndexOf('.'));
        Path beside = name.equals("fullchain.pem")
                ? chain.resolveSibling("privkey.pem")
                : chain.resolveSibling(stem + (isPkcs12(chain) ? ".password" : ".key"));
        return Files.exists(beside) ? beside : chain;
    }

    /** The name of the file with the response of the issuer's OCSP server, beside that of a chain. */
    static String staple(String chain) {
        return chain.substring(0, chain.lastIndexOf('.')) + ".ocsp";
    }

    private static boolean isPkcs12(Path chain) {
        return name(chain).endsWith(".p12") || name(chain).endsWith(".pfx");
    }

    boolean isPkcs12() {
        return isPkcs12(chain);
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
