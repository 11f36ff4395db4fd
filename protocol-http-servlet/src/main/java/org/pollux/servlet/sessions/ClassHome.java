package org.pollux.servlet.sessions;

/**
 * Where the class of a stored value is found again. In a framework it is a bundle, whose next version has another class of
 * the same name.
 */
public interface ClassHome {

    /** A name of the place that the class comes from, empty for the JDK and the program itself. */
    String of(Class<?> type);

    /**
     * The class of that name, as it is now.
     *
     * @param home that {@link #of} has returned, and not empty
     * @param name of a class that is not an array
     * @throws ClassNotFoundException when its place is not there now
     */
    Class<?> load(String home, String name) throws ClassNotFoundException;

    /** For a program without OSGi. */
    ClassHome PLAIN = new ClassHome() {
        @Override
        public String of(Class<?> type) {
            return "";
        }

        @Override
        public Class<?> load(String home, String name) throws ClassNotFoundException {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        }
    };
}
