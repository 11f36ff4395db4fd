package org.pollux.reactor.tls.openssl;

import static org.pollux.reactor.tls.openssl.CFunction.INT;
import static org.pollux.reactor.tls.openssl.CFunction.LONG;
import static org.pollux.reactor.tls.openssl.CFunction.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OpenSSL's two libraries, found under their usual names. When they are missing or too old, the failure names the package to
 * install.
 *
 * @param symbols the functions of both
 * @param version as the library says it: {@code "OpenSSL 3.0.19 27 Jan 2026"}
 */
@SuppressWarnings("restricted")
record OpenSslLibrary(SymbolLookup symbols, String version) {

    private static final String REMEDY =
            "install it (Debian, Ubuntu: apt install libssl3; Fedora: dnf install openssl-libs;"
                    + " Alpine: apk add libssl3; macOS: brew install openssl@3)";

    /** A system property: the folder of both libraries, when the system does not find them by itself. */
    static final String PROPERTY = "pollux.openssl.folder";

    /** Files of libcrypto and libssl that belong together. libcrypto comes first: libssl then finds the same one. */
    record Names(String crypto, String ssl) {
        Names in(String folder) {
            return new Names(
                    Path.of(folder, crypto).toString(), Path.of(folder, ssl).toString());
        }
    }

    private static final Names LINUX = new Names("libcrypto.so.3", "libssl.so.3");
    private static final Names MACOS = new Names("libcrypto.3.dylib", "libssl.3.dylib");
    private static final List<String> HOMEBREW =
            List.of("/opt/homebrew/opt/openssl@3/lib", "/usr/local/opt/openssl@3/lib");

    /** The JVM's exit would free what threads still use. */
    private static final long OPENSSL_INIT_NO_ATEXIT = 0x80000;

    private static @Nullable OpenSslLibrary loaded;

    /**
     * The system's libraries. They stay loaded for as long as the JVM runs.
     *
     * @throws OpenSslUnavailableException when they are missing or too old
     */
    static synchronized OpenSslLibrary load() {
        if (loaded == null) {
            loaded = load(candidates(System.getProperty("os.name"), System.getProperty(PROPERTY)));
        }
        return loaded;
    }

    static List<Names> candidates(String system, @Nullable String folder) {
        boolean mac = system.startsWith("Mac");
        Names names = mac ? MACOS : LINUX;
        if (folder != null) {
            return List.of(names.in(folder));
        }
        // macOS aborts a process that loads the system's own libssl without a version
        return mac ? HOMEBREW.stream().map(names::in).toList() : List.of(names);
    }

    /** The first of these that exists. */
    static OpenSslLibrary load(List<Names> candidates) {
        SymbolLookup symbols = candidates.stream()
                .map(OpenSslLibrary::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new OpenSslUnavailableException(
                        "OpenSSL 3 is not installed, " + candidates.getFirst().ssl() + " is not found; " + REMEDY
                                + ", or name its folder by -D" + PROPERTY + "=FOLDER"));
        requireUsable(symbols);
        CFunction.link(symbols, "OPENSSL_init_ssl", FunctionDescriptor.of(INT, LONG, POINTER))
                .call(OPENSSL_INIT_NO_ATEXIT, 0);
        return new OpenSslLibrary(symbols, version(symbols));
    }

    private static Optional<SymbolLookup> find(Names names) {
        try {
            SymbolLookup crypto = SymbolLookup.libraryLookup(names.crypto(), Arena.global());
            return Optional.of(
                    SymbolLookup.libraryLookup(names.ssl(), Arena.global()).or(crypto));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** OpenSSL 3 was the first to have this function. */
    private static void requireUsable(SymbolLookup symbols) {
        if (symbols.find("OPENSSL_version_major").isEmpty()) {
            throw new OpenSslUnavailableException("the library is not OpenSSL 3 or newer; " + REMEDY);
        }
    }

    private static String version(SymbolLookup symbols) {
        return Memory.string(CFunction.link(symbols, "OpenSSL_version", FunctionDescriptor.of(POINTER, INT))
                .call(0));
    }
}
