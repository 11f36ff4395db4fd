package org.pollux.reactor.libevent;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The library, found under its usual names. When it is missing or too old, the failure names the package to install.
 *
 * @param symbols its functions
 * @param version its own version text: {@code "2.1.12-stable"}
 */
@SuppressWarnings("restricted")
record LibeventLibrary(SymbolLookup symbols, String version) {

    private static final String REMEDY =
            "install it (Debian, Ubuntu: apt install libevent-core-2.1-7; Fedora: dnf install"
                    + " libevent; Alpine: apk add libevent; macOS: brew install libevent)";

    private static final Pattern MAJOR_AND_MINOR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");
    private static final int OLDEST = 2_001;

    /** A system property: the file of the library, when the system does not find it by itself. */
    static final String PROPERTY = "pollux.libevent.library";

    /** The core alone is enough. The names of a development package come last. */
    private static final List<String> LINUX = List.of(
            "libevent_core-2.1.so.7",
            "libevent-2.1.so.7",
            "libevent_core-2.1.so.6",
            "libevent-2.1.so.6",
            "libevent_core.so",
            "libevent.so");

    /** The system searches neither Homebrew's folder for Apple's processors nor the folder of MacPorts. */
    private static final List<String> MACOS = List.of(
            "libevent_core-2.1.7.dylib",
            "libevent-2.1.7.dylib",
            "libevent_core.dylib",
            "/opt/homebrew/lib/libevent_core.dylib",
            "/usr/local/lib/libevent_core.dylib",
            "/opt/local/lib/libevent_core.dylib");

    private static @Nullable LibeventLibrary loaded;

    /**
     * The system's library. It stays loaded for as long as the JVM runs.
     *
     * @throws LibeventUnavailableException when the library is missing or too old
     */
    static synchronized LibeventLibrary load() {
        if (loaded == null) {
            String file = System.getProperty(PROPERTY);
            loaded = load(file == null ? usualNames() : List.of(file));
        }
        return loaded;
    }

    private static List<String> usualNames() {
        return switch (Platform.current()) {
            case LINUX -> LINUX;
            case MACOS -> MACOS;
        };
    }

    /** The first of these names that exists. */
    static LibeventLibrary load(List<String> names) {
        SymbolLookup symbols = names.stream()
                .map(LibeventLibrary::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new LibeventUnavailableException(
                        "libevent is not installed, none of " + String.join(", ", names) + " is found; " + REMEDY
                                + ", or name the file by -D" + PROPERTY + "=FILE"));
        String version = version(symbols);
        requireUsable(version);
        return new LibeventLibrary(symbols, version);
    }

    private static Optional<SymbolLookup> find(String name) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** {@code event_get_version}. The other calls are linked after the version shows that the library has them. */
    private static String version(SymbolLookup symbols) {
        try {
            MethodHandle call = Linker.nativeLinker()
                    .downcallHandle(
                            symbols.findOrThrow("event_get_version"), FunctionDescriptor.of(ValueLayout.JAVA_LONG));
            return MemorySegment.ofAddress((long) call.invokeExact())
                    .reinterpret(Long.MAX_VALUE)
                    .getString(0);
        } catch (Throwable e) {
            throw new LibeventUnavailableException("libevent does not say its version; " + REMEDY, e);
        }
    }

    static void requireUsable(String version) {
        Matcher numbers = MAJOR_AND_MINOR.matcher(version);
        int number = numbers.lookingAt()
                ? Integer.parseInt(numbers.group(1)) * 1_000 + Integer.parseInt(numbers.group(2))
                : 0;
        if (number < OLDEST) {
            throw new LibeventUnavailableException("libevent " + version + " is too old, 2.1 is needed; " + REMEDY);
        }
    }
}
