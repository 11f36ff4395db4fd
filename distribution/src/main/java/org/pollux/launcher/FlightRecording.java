package org.pollux.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Makes a recording of this server by the JDK's Flight Recorder: the JDK's events and those of Pollux. */
final class FlightRecording {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Less than {@code commandTimeout} of the shell. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** Between two lines of output, so that the command {@code pollux} knows that it goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})(s|m)?");

    private final Path settings;
    private final Path folder;

    /**
     * A recording that is not made yet.
     *
     * @param settings of Pollux's events; they are added to the JDK's
     * @param folder of the file
     */
    FlightRecording(Path settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Reads how long a recording lasts: {@code 30s}, {@code 2m} or {@code 30}, which is seconds.
     *
     * @throws IllegalArgumentException with the remedy
     */
    static Duration length(String text) {
        Matcher length = LENGTH.matcher(text);
        if (length.matches()) {
            long number = Long.parseLong(length.group(1));
            Duration duration = "m".equals(length.group(2)) ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a time from " + SHORTEST.toSeconds() + "s to "
                + LONGEST.toMinutes() + "m: write record --for 30s. 'jcmd PID JFR.start' makes longer recordings");
    }

    /** Records for so long, and returns the file. An interrupt or a failure ends it without one. */
    Path make(Duration length, PrintStream out) throws IOException, InterruptedException {
        try (Recording recording = new Recording(settings())) {
            recording.setName("pollux record");
            recording.start();
            out.println("records for " + length.toSeconds() + " s");
            for (Duration left = length; left.isPositive(); left = left.minus(PATIENCE)) {
                Thread.sleep(left.compareTo(PATIENCE) < 0 ? left : PATIENCE);
                if (left.compareTo(PATIENCE) > 0) {
                    out.println(left.minus(PATIENCE).toSeconds() + " s are left");
                }
            }
            recording.stop();
            Path file = folder.resolve("pollux-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + ".jfr");
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                recording.dump(file);
            } catch (IOException e) { // such as a full disk
                Files.deleteIfExists(file);
                throw e;
            }
            return file;
        }
    }

    private Map<String, String> settings() throws IOException {
        try {
            Map<String, String> all =
                    new HashMap<>(Configuration.getConfiguration("default").getSettings());
            all.putAll(Configuration.create(settings).getSettings());
            return all;
        } catch (ParseException e) {
            throw new IOException(settings + " cannot be read: " + e.getMessage(), e);
        }
    }
}
