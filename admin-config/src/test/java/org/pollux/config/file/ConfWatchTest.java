package org.pollux.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turned by hand, with a clock of its own. */
final class ConfWatchTest {

    private static final long POLL = 250_000_000;

    @TempDir
    Path root;

    private final List<String> told = new ArrayList<>();
    private Path conf;
    private Path deploy;
    private ConfWatch watch;
    private long now = 5;
    private long writes;
    private boolean cannotDelete;

    @BeforeEach
    void watch() throws IOException {
        conf = Files.createDirectory(root.resolve("conf"));
        deploy = Files.createDirectory(root.resolve("deploy"));
        watch = new ConfWatch(List.of(conf, deploy), _ -> Optional.empty(), new ConfWatch.Target() {
            @Override
            public void update(ConfWatch.Pid pid, Map<String, String> values, Path file) {
                told.add(pid + " " + values);
            }

            @Override
            public void delete(ConfWatch.Pid pid, Path file) throws IOException {
                if (cannotDelete) {
                    throw new IOException("no room");
                }
                told.add("delete " + pid);
            }
        });
    }

    /** As a write at another time: a test is faster than the clock of a file system. */
    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(conf.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L + 1000 * writes++));
        return file;
    }

    private void pass(long milliseconds) {
        for (long end = now + milliseconds * 1_000_000; now < end; ) {
            now += POLL;
            watch.turn(now);
        }
    }

    private void begin() {
        watch.turn(now);
    }

    @Test
    void whatIsThereAtTheStartIsTakenAtOnce() throws IOException {
        write("a.b.cfg", "k = 1");
        write("a.b-one.cfg", "k = 2\n");
        write("a.b~two.cfg", "");
        write(".hidden.cfg", "k = 2\n");
        write("note.txt", "k = 2\n");
        begin();
        assertEquals(List.of("a.b~one {k=2}", "a.b {k=1}", "a.b~two {}"), told);
    }

    @Test
    void theOutcomeOfAFileIsKnownWhenItsPresentContentWasTaken() throws IOException {
        begin();
        Path file = write("a.cfg", "k = 1\n");
        assertEquals(Optional.empty(), watch.outcome(file), "it was not looked at yet");
        pass(1000);
        assertEquals(Optional.of(List.of()), watch.outcome(file));
        write("a.cfg", "<xml/>\n");
        assertEquals(Optional.empty(), watch.outcome(file), "it is another content");
        pass(1000);
        assertEquals(1, watch.problems().size());
        assertEquals(Optional.of(watch.problems()), watch.outcome(file));
        Files.delete(file);
        assertEquals(Optional.empty(), watch.outcome(file), "its values are still in force");
        pass(2500);
        assertEquals(Optional.of(List.of()), watch.outcome(file));
    }

    @Test
    void aFileThatIsEmptiedAndWrittenLaterIsOneChange() throws IOException {
        for (int gap : new int[] {60, 250, 500, 800, 1200}) {
            told.clear();
            write("a.cfg", "k = 1\n");
            pass(2000);
            write("a.cfg", "");
            pass(gap);
            write("a.cfg", "k = " + gap + "\n");
            pass(2000);
            assertEquals("a {k=" + gap + "}", told.getLast());
            assertTrue(!told.contains("a {}"), told::toString);
        }
    }

    @Test
    void aFileThatStaysEmptyIsBelieved() throws IOException {
        write("a.cfg", "k = 1\n");
        begin();
        write("a.cfg", "");
        pass(1000);
        assertEquals(List.of("a {k=1}"), told);
        pass(1000);
        assertEquals(List.of("a {k=1}", "a {}"), told);
    }

    @Test
    void aFileThatIsWrittenInPiecesIsTakenWhenItIsWhole() throws IOException {
        begin();
        String text = "first = 1\nsecond = 22\nthird = 333\n";
        for (int i = 1; i <= text.length(); i++) {
            write("a.cfg", text.substring(0, i));
            pass(250);
        }
        pass(1000);
        assertEquals(List.of("a {first=1, second=22, third=333}"), told);
    }

    @Test
    void aLineWithoutItsEndIsWaitedForButNotForEver() throws IOException {
        begin();
        write("a.cfg", "endpoint = tcp://127.0.0.1:80");
        pass(1000);
        assertEquals(List.of(), told);
        pass(1000);
        assertEquals(List.of("a {endpoint=tcp://127.0.0.1:80}"), told);
    }

    @Test
    void aFileThatIsReplacedOrDeletedAndMadeAnewIsOneChange() throws IOException {
        write("a.cfg", "k = 1\n");
        begin();
        // mv, sed -i
        Files.move(write("a.cfg.new", "k = 2\n"), conf.resolve("a.cfg"), StandardCopyOption.REPLACE_EXISTING);
        pass(1000);
        // vim
        Files.move(conf.resolve("a.cfg"), conf.resolve("a.cfg~"));
        pass(1000);
        write("a.cfg", "k = 3\n");
        pass(1000);
        assertEquals(List.of("a {k=1}", "a {k=2}", "a {k=3}"), told);
    }

    @Test
    void aFileOfTheSameSizeAndTimeIsSeenToBeAnother() throws IOException {
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(write("a.cfg", "k = 1\n"), time);
        begin();
        Files.setLastModifiedTime(write("a.new", "k = 2\n"), time);
        Files.move(conf.resolve("a.new"), conf.resolve("a.cfg"), StandardCopyOption.REPLACE_EXISTING);
        pass(1000);
        assertEquals(List.of("a {k=1}", "a {k=2}"), told);
    }

    @Test
    void aConfigurationThatCannotBeDeletedIsTriedAgain() throws IOException {
        Path file = write("a.cfg", "k = 1\n");
        begin();
        Files.delete(file);
        cannotDelete = true;
        pass(2000);
        List<String> lines = List.of(file + ": is deleted, but its values stay in force until they can be: no room");
        assertEquals(lines, watch.problems());
        assertEquals(Optional.of(lines), watch.outcome(file), "a command that waits for it is told");
        cannotDelete = false;
        pass(250);
        assertEquals(List.of("a {k=1}", "delete a"), told);
        assertEquals(List.of(), watch.problems());
        assertEquals(Optional.of(List.of()), watch.outcome(file));
    }

    @Test
    void aFileThatComesBackBeforeItsConfigurationIsDeletedTakesEffect() throws IOException {
        Path file = write("a.cfg", "k = 1\n");
        begin();
        Files.delete(file);
        cannotDelete = true;
        pass(2000);
        write("a.cfg", "k = 2\n");
        assertEquals(Optional.empty(), watch.outcome(file));
        pass(1000);
        assertEquals(List.of("a {k=1}", "a {k=2}"), told);
        assertEquals(Optional.of(List.of()), watch.outcome(file));
    }

    @Test
    void aFileThatStaysAwayIsDeleted() throws IOException {
        Path file = write("a.cfg", "k = 1\n");
        begin();
        Files.delete(file);
        pass(1000);
        assertEquals(List.of("a {k=1}"), told);
        pass(1000);
        assertEquals(List.of("a {k=1}", "delete a"), told);
    }

    @Test
    void aFileThatCannotBeUsedIsNamedAndWhatWasBeforeStays() throws IOException {
        Path file = write("a.cfg", "k = 1\n");
        begin();
        Files.write(file, "k = ä\n".getBytes(StandardCharsets.ISO_8859_1));
        pass(1000);
        assertEquals(List.of("a {k=1}"), told);
        assertEquals(
                List.of(file
                        + ": is not used, and the previous values stay in force: it is not UTF-8: byte E4 in line 1 cannot be"
                        + " read. Save it as UTF-8"),
                watch.problems());
        pass(10_000);
        assertEquals(1, watch.problems().size());
        write("a.cfg", "k = 2\n");
        pass(1000);
        assertEquals(List.of(), watch.problems());
        assertEquals("a {k=2}", told.getLast());
    }

    @Test
    void ofTwoFilesForOnePidOneCountsAndTheOtherIsTold() throws IOException {
        write("a.b-x.cfg", "k = 1\n");
        begin();
        Path other = write("a.b~x.cfg", "k = 2\n");
        pass(1000);
        assertEquals(List.of("a.b~x {k=1}"), told);
        assertTrue(watch.problems().getFirst().startsWith(other + ": is not used"), watch.problems()::toString);
        Files.delete(conf.resolve("a.b-x.cfg"));
        pass(3000);
        assertEquals(List.of("a.b~x {k=1}", "delete a.b~x", "a.b~x {k=2}"), told);
        assertEquals(List.of(), watch.problems());
    }

    @Test
    void confComesBeforeDeploy() throws IOException {
        Files.writeString(deploy.resolve("a.cfg"), "k = 1\n");
        begin();
        write("a.cfg", "k = 2\n");
        pass(1000);
        assertEquals(List.of("a {k=1}", "a {k=2}"), told);
        pass(1000);
        assertTrue(
                watch.problems().getFirst().startsWith(deploy.resolve("a.cfg") + ": is not used"),
                watch.problems()::toString);
    }

    @Test
    void aDeviceOrAPipeIsNotRead() throws IOException {
        begin();
        Path file = Files.createSymbolicLink(conf.resolve("a.cfg"), Path.of("/dev/zero"));
        pass(1000);
        assertEquals(List.of(), told);
        assertTrue(watch.problems().getFirst().startsWith(file + ": "), watch.problems()::toString);
        assertTrue(watch.problems().getFirst().contains("it is not a regular file"), watch.problems()::toString);
    }

    @Test
    void aFolderThatCannotBeReadDeletesNothing() throws IOException {
        write("a.cfg", "k = 1\n");
        begin();
        Files.move(conf, root.resolve("away"));
        pass(5000);
        assertEquals(List.of("a {k=1}"), told);
        assertEquals(1, watch.problems().size());
        Files.move(root.resolve("away"), conf);
        pass(5000);
        assertEquals(List.of("a {k=1}"), told);
        assertEquals(List.of(), watch.problems());
    }

    @Test
    void aReloadReadsAllAgain() throws IOException {
        write("a.cfg", "k = 1\n");
        begin();
        pass(1000);
        watch.reload();
        pass(250);
        assertEquals(List.of("a {k=1}", "a {k=1}"), told);
    }

    @Test
    void aNameWithoutAPidIsTold() throws IOException {
        write("-.cfg", "k = 1\n");
        begin();
        assertTrue(watch.problems().getFirst().contains("its name has no PID"), watch.problems()::toString);
    }

    @Test
    void aFileThatGrowsWhileItIsWrittenIsNotTakenInTheMiddle() throws IOException {
        begin();
        Path file = write("a.cfg", "k = 1\n");
        pass(250);
        Files.writeString(file, "l = 2\n", StandardOpenOption.APPEND);
        pass(1000);
        assertEquals(List.of("a {k=1, l=2}"), told);
    }
}
