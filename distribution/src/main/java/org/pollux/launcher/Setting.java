package org.pollux.launcher;

/**
 * A configuration value of the command line, {@code --set PID.KEY=VALUE}.
 *
 * @param pid everything before the last dot left of the equals sign
 * @param key after that dot; the only useful key with a dot of its own is {@code service.ranking}
 * @param value may be empty
 */
record Setting(String pid, String key, String value) {

    private static final String RANKING = ".service.ranking";

    static Setting parse(String text) throws UsageException {
        int equals = text.indexOf('=');
        boolean ranking = equals > 0 && text.startsWith(RANKING, equals - RANKING.length());
        int dot = ranking ? equals - RANKING.length() : equals < 0 ? -1 : text.lastIndexOf('.', equals);
        if (dot <= 0 || dot == equals - 1) {
            throw new UsageException("--set " + text + ": not of the form PID.KEY=VALUE."
                    + " For example: --set pollux.http.endpoint=tcp://127.0.0.1:8080");
        }
        return new Setting(text.substring(0, dot), text.substring(dot + 1, equals), text.substring(equals + 1));
    }
}
