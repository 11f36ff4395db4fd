package org.pollux.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/**
 * The OSGi log service on top of SLF4J, which SCR, Config Admin and FileInstall use. Each bundle has its own logger, by its
 * name.
 *
 * <p>Its interfaces have about forty methods with the same meaning: a level, a message, arguments. Two proxies implement them.
 * Felix's own bundle would deliver late, on a thread of its own, and with copies of the exceptions.
 */
final class OsgiLog implements ServiceFactory<LogService> {

    private final Problems problems;

    private OsgiLog(Problems problems) {
        this.problems = problems;
    }

    static void register(BundleContext context, Problems problems) {
        context.registerService(
                new String[] {LogService.class.getName(), LoggerFactory.class.getName()},
                new OsgiLog(problems),
                // before the service that some frameworks have
                FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 1)));
    }

    @Override
    public LogService getService(Bundle bundle, ServiceRegistration<LogService> registration) {
        return proxy(LogService.class, (proxy, method, arguments) -> {
            String name = String.valueOf(bundle.getSymbolicName());
            return switch (method.getName()) {
                case "log" -> log(name, arguments);
                case "getLogger" -> logger(name, arguments);
                default -> ofObject(proxy, method, arguments);
            };
        });
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<LogService> registration, LogService service) {}

    /** {@code log([ServiceReference,] int level, String message [, Throwable])}. */
    private @Nullable Object log(String name, Object[] arguments) {
        int at = arguments[0] instanceof Integer ? 0 : 1;
        int level = (Integer) arguments[at];
        Throwable thrown = at + 2 < arguments.length ? (Throwable) arguments[at + 2] : null;
        problems.log(name, level(level), String.valueOf(arguments[at + 1]), thrown);
        return null;
    }

    /** {@code getLogger([Bundle,] String or Class name [, Class kind])}. */
    private FormatterLogger logger(String bundle, Object[] arguments) {
        boolean forAnother = arguments[0] instanceof Bundle;
        String owner = forAnother ? String.valueOf(((Bundle) arguments[0]).getSymbolicName()) : bundle;
        Object asked = arguments[forAnother ? 1 : 0];
        String given = asked instanceof Class<?> type ? type.getName() : asked.toString();
        String name = given.isBlank() || given.equals(Logger.ROOT_LOGGER_NAME) ? owner : given;
        boolean printf = arguments[arguments.length - 1] == FormatterLogger.class;
        return proxy(FormatterLogger.class, (proxy, method, call) -> {
            if (method.getName().equals("getName")) {
                return name;
            }
            if (method.getName().startsWith("is")) {
                return org.slf4j.LoggerFactory.getLogger(name).isEnabledForLevel(level(method));
            }
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, call);
            }
            if (call[0] instanceof LoggerConsumer<?> consumer) {
                consumer.accept((FormatterLogger) proxy);
                return null;
            }
            write(name, level(method), printf, call);
            return null;
        });
    }

    /** {@code warn(String format, Object, ... [Throwable])}. */
    private void write(String name, Level level, boolean printf, Object[] call) {
        Object[] values = Arrays.stream(call)
                .skip(1)
                .flatMap(value -> value instanceof Object[] many ? Arrays.stream(many) : Stream.of(value))
                .toArray();
        Throwable thrown = MessageFormatter.getThrowableCandidate(values);
        String format = String.valueOf(call[0]);
        String message = printf
                ? String.format(Locale.ROOT, format, values)
                : MessageFormatter.arrayFormat(format, values).getMessage();
        problems.log(name, level, message, thrown);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What every object can: a proxy equals itself alone. */
    @SuppressWarnings("ReferenceEquality")
    private Object ofObject(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
        return method.getName().equals("equals") ? proxy == arguments[0] : method.invoke(this, arguments);
    }

    private static Level level(int level) {
        return switch (level) {
            case 1 -> Level.ERROR;
            case 2 -> Level.WARN;
            case 3 -> Level.INFO;
            default -> Level.DEBUG;
        };
    }

    private static final Map<String, Level> LEVELS = Map.of(
            "error", Level.ERROR, "warn", Level.WARN, "info", Level.INFO, "debug", Level.DEBUG, "trace", Level.TRACE);

    /** Of {@code warn} as of {@code isWarnEnabled}; {@code audit} is always written. */
    private static Level level(Method method) {
        String word = method.getName().replaceFirst("^is(.*)Enabled$", "$1").toLowerCase(Locale.ROOT);
        return LEVELS.getOrDefault(word, Level.INFO);
    }
}
