package org.pollux.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a configuration. */
class ConfiguredFilesTest {

    private static final Path HOME = Path.of("/home/of/pollux");

    /** A configuration as its file would give it: one text for each key. */
    private record Configured(String folder, String names, String cacheControl, String type)
            implements FilesConfiguration {

        @Override
        public String[] types() {
            return new String[] {type};
        }

        @Override
        public String[] path() {
            return new String[] {"/files"};
        }

        @Override
        public String[] index() {
            return new String[] {names};
        }

        @Override
        public boolean followLinks() {
            return false;
        }

        @Override
        public boolean hidden() {
            return false;
        }

        @Override
        public boolean precompressed() {
            return true;
        }

        @Override
        public String charset() {
            return "";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return FilesConfiguration.class;
        }
    }

    private static FilesSettings of(FilesConfiguration configuration) {
        return ConfiguredFiles.of(configuration, HOME);
    }

    @Test
    void valuesAreTakenAsTheyAreWritten() {
        FilesSettings settings =
                of(new Configured("www", "index.html, index.htm", "no-cache", "foo=text/x-foo, .BAR = a/b; c=d"));
        assertEquals(HOME.resolve("www"), settings.folder());
        assertEquals(List.of("index.html", "index.htm"), settings.index());
        assertEquals(Optional.of("no-cache"), settings.cacheControl());
        assertEquals(Map.of("foo", "text/x-foo", "bar", "a/b; c=d"), settings.types());
    }

    @Test
    void anAbsoluteFolderIsNotInTheHome() {
        assertEquals(
                Path.of("/srv/www"), of(new Configured("/srv/www", "", "", "")).folder());
        assertEquals(
                Optional.empty(), of(new Configured("/srv/www", "", "", "")).cacheControl());
    }

    @Test
    void whatCannotBeUsedIsRefusedByItsKey() {
        assertRefused("folder", new Configured(" ", "", "", ""));
        assertRefused("folder", new Configured("a\0b", "", "", ""));
        assertRefused("cacheControl", new Configured("/srv", "", "a\r\nSet-Cookie: b", ""));
        assertRefused("types", new Configured("/srv", "", "", "foo"));
        assertRefused("types", new Configured("/srv", "", "", "foo=text\n/x"));
    }

    private static void assertRefused(String key, FilesConfiguration configuration) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> of(configuration));
        assertTrue(String.valueOf(refusal.getMessage()).contains(key), refusal::getMessage);
    }
}
