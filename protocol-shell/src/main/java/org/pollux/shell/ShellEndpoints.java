package org.pollux.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the shell may listen. It asks for no password. The permissions of a Unix-domain socket's file decide which users may
 * open it. Any other endpoint admits every client that reaches it, on 127.0.0.1 every user of the machine. So it is refused
 * unless the configuration allows it.
 *
 * @param endpoints the endpoints that remain, or the default one so that the server can still be administered
 * @param faults the endpoints that were refused or are open to everybody, one line each
 */
record ShellEndpoints(List<String> endpoints, List<String> faults) {

    static final String DEFAULT = "unix:run/shell.sock";

    private static final Pattern UNIX = Pattern.compile("unix:([^@?][^?]*)(?:\\?mode=([0-7]*))?.*");

    /**
     * Chooses the endpoints.
     *
     * @param configured endpoints; each element may list several, separated by commas or blanks
     * @param allowNetwork whether an endpoint that admits everybody is allowed
     */
    static ShellEndpoints of(String[] configured, boolean allowNetwork) {
        List<String> wanted = Stream.of(configured)
                .flatMap(text -> Stream.of(text.split("[,\\s]+")))
                .filter(text -> !text.isEmpty())
                .toList();
        List<String> endpoints = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        boolean reachable = false;
        for (String endpoint : wanted) {
            Matcher unix = UNIX.matcher(endpoint);
            boolean isUnix = unix.matches();
            boolean guarded = isUnix && !letsInEverybody(unix.group(2));
            if (guarded || allowNetwork) {
                endpoints.add(endpoint);
            }
            reachable |= isUnix && (guarded || allowNetwork);
            if (!guarded) {
                faults.add(allowNetwork ? open(endpoint) : refused(endpoint, isUnix));
            }
        }
        if (!reachable && !wanted.isEmpty()) {
            endpoints.add(DEFAULT); // the command pollux uses this endpoint
            faults.replaceAll(fault -> fault + ". " + DEFAULT + " is served too");
        }
        return new ShellEndpoints(List.copyOf(endpoints), List.copyOf(faults));
    }

    private static boolean letsInEverybody(@Nullable String mode) {
        return mode != null && !mode.isEmpty() && (mode.charAt(mode.length() - 1) & 2) != 0;
    }

    private static String refused(String endpoint, boolean isUnix) {
        return "pollux.shell: endpoint " + endpoint + " is refused: "
                + (isUnix
                        ? "its mode lets every user of this machine do everything in this server. Write one like ?mode=660"
                        : "the shell asks for no password, and every client that reaches it can do everything in this server."
                                + " Write unix:PATH")
                + ", or set allowNetwork = true if that is meant";
    }

    private static String open(String endpoint) {
        return "pollux.shell: endpoint " + endpoint
                + " is open without a password, and every client that reaches it can do everything in this server: limit"
                + " the access to it, or remove it and allowNetwork";
    }
}
