package org.pollux.reactor.tls.openssl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.pollux.reactor.tls.openssl.OpenSslLibrary.Names;

class OpenSslLibraryTest {

    @Test
    void aMissingLibrarySaysWhatToInstallAndDoesNoLastingHarm() {
        var missing = List.of(new Names("libcrypto-of-nobody.so.3", "libssl-of-nobody.so.3"));
        String reason = reason(() -> OpenSslLibrary.load(missing));
        assertTrue(reason.startsWith("OpenSSL 3 is not installed, libssl-of-nobody.so.3 is not found"), reason);
        assertTrue(reason.contains("apt install libssl3;"), reason);
        assertTrue(reason.contains("-Dpollux.openssl.folder=FOLDER"), reason);
        assertEquals("openssl", new OpenSslEngine().name());
    }

    /** A library that is there and is something else. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anotherLibraryIsRefused() {
        String reason = reason(() -> OpenSslLibrary.load(List.of(new Names("libc.so.6", "libm.so.6"))));
        assertTrue(reason.startsWith("the library is not OpenSSL 3 or newer; install it"), reason);
    }

    @Test
    void theLibrariesAreFoundByTheirNamesOrInTheFolderOfTheProperty() {
        assertEquals(List.of(new Names("libcrypto.so.3", "libssl.so.3")), OpenSslLibrary.candidates("Linux", null));
        assertEquals(
                List.of(new Names("/opt/tls/libcrypto.so.3", "/opt/tls/libssl.so.3")),
                OpenSslLibrary.candidates("Linux", "/opt/tls"));
        assertEquals(
                new Names(
                        "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib",
                        "/opt/homebrew/opt/openssl@3/lib/libssl.3.dylib"),
                OpenSslLibrary.candidates("Mac OS X", null).getFirst());
    }

    private static String reason(Executable attempt) {
        return String.valueOf(
                assertThrows(OpenSslUnavailableException.class, attempt).getMessage());
    }
}
