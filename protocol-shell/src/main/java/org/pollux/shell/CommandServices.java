package org.pollux.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.pollux.reactor.admin.BackendStatus;
import org.pollux.reactor.admin.Server;
import org.pollux.reactor.admin.ServerStatus;
import org.pollux.reactor.admin.TlsEngineStatus;

/**
 * The commands, which are services. A service describes its commands and their arguments in the property {@code
 * pollux.command}, one line for each command:
 *
 * <pre>
 *   backend {backends}: which backend polls, or change to another one now
 *   loops replace: what the loops do, or replace one
 * </pre>
 *
 * <p>{@code {backends}}, {@code {engines}}, {@code {bundles}}, {@code {pids}} and {@code {commands}} are placeholders for the names of these, {@code {jars}} for
 * the paths of jars, configurations and folders, {@code {deployed}} for those in {@code deploy/};
 * any other word is literal.
 */
final class CommandServices implements Commands {

    static final String DESCRIPTIONS = "pollux.command";

    static final String OURS = "pollux";

    /** The property of Felix, whose commands have no description in properties. */
    private static final Set<String> ABOUT_BUNDLES = Set.of(
            "start", "stop", "update", "uninstall", "refresh", "resolve", "headers", "bundlelevel", "inspect", "which");

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    CommandServices(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    /**
     * A command.
     *
     * @param arguments its arguments, from its description
     * @param description empty when the command has none
     */
    record Command(String scope, String name, String arguments, String description) {

        String qualified() {
            return scope + ":" + name;
        }
    }

    /** Commands of Pollux first, then the others, both sorted by name. */
    List<Command> all() {
        Set<Command> found = new LinkedHashSet<>();
        for (ServiceReference<?> service : services()) {
            String scope = String.valueOf(service.getProperty("osgi.command.scope"));
            List<String> descriptions = texts(service.getProperty(DESCRIPTIONS));
            for (String name : new TreeSet<>(texts(service.getProperty("osgi.command.function")))) {
                found.add(describe(scope, name, descriptions));
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(
                                (Command command) -> !command.scope().equals(OURS))
                        .thenComparing(Command::scope)
                        .thenComparing(Command::name))
                .toList();
    }

    private static Command describe(String scope, String name, List<String> descriptions) {
        for (String line : descriptions) {
            int colon = line.indexOf(": ");
            String usage = colon < 0 ? line : line.substring(0, colon);
            if (usage.equals(name) || usage.startsWith(name + " ")) {
                return new Command(
                        scope,
                        name,
                        usage.substring(name.length()).strip(),
                        colon < 0 ? "" : line.substring(colon + 2).strip());
            }
        }
        return new Command(scope, name, ABOUT_BUNDLES.contains(name) ? "{bundles}" : "", "");
    }

    private ServiceReference<?>[] services() {
        try {
            ServiceReference<?>[] found =
                    context.getAllServiceReferences(null, "(&(osgi.command.scope=*)(osgi.command.function=*))");
            return found == null ? new ServiceReference<?>[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(@Nullable Object property) {
        return switch (property) {
            case null -> List.of();
            case Object[] many -> Arrays.stream(many).map(String::valueOf).toList();
            case Iterable<?> many -> {
                List<String> texts = new ArrayList<>();
                many.forEach(each -> texts.add(String.valueOf(each)));
                yield texts;
            }
            default -> List.of(property.toString());
        };
    }

    // ---- completion

    @Override
    public List<String> complete(String line) {
        // completes the last command of a pipe or a sequence
        String part = line.substring(1 + Math.max(line.lastIndexOf('|'), line.lastIndexOf(';')));
        List<String> words = new ArrayList<>(Arrays.asList(part.stripLeading().split("\\s+", -1)));
        String last = words.removeLast();
        Stream<String> candidates = words.isEmpty() ? names(last) : arguments(words.getFirst(), last);
        return candidates.filter(word -> word.startsWith(last)).toList();
    }

    /** Short names of the commands of Pollux; also of the others when a prefix was typed, because they are many. */
    private Stream<String> names(String typed) {
        TreeMap<String, String> names = new TreeMap<>();
        for (Command command : all()) {
            String described = command.description().isEmpty() ? "" : "\t" + command.description();
            if (typed.indexOf(':') >= 0) {
                names.putIfAbsent(command.qualified(), described);
            } else if (command.scope().equals(OURS) || !typed.isEmpty()) {
                names.putIfAbsent(command.name(), described);
            }
        }
        return names.entrySet().stream().map(name -> name.getKey() + name.getValue());
    }

    private Stream<String> arguments(String typed, String last) {
        return all().stream()
                .filter(command ->
                        command.name().equals(typed) || command.qualified().equals(typed))
                .findFirst()
                .stream()
                .flatMap(command -> Arrays.stream(command.arguments().split("\\s+", -1)))
                .flatMap(argument -> words(argument, last))
                .distinct();
    }

    private Stream<String> words(String argument, String last) {
        return switch (argument) {
            case "" -> Stream.empty();
            case "{backends}" -> backends();
            case "{engines}" -> engines();
            case "{bundles}" ->
                Arrays.stream(context.getBundles()).map(Bundle::getSymbolicName).filter(name -> name != null);
            case "{pids}" ->
                components.getComponentDescriptionDTOs().stream()
                        .flatMap((ComponentDescriptionDTO component) -> Arrays.stream(component.configurationPid))
                        .filter(pid -> pid.startsWith("pollux."))
                        .sorted();
            case "{jars}" -> DeployableFiles.beginningWith(last);
            case "{deployed}" -> DeployableFiles.in(context.getProperty("pollux.home"));
            case "{commands}" -> all().stream().map(Command::name);
            default -> Stream.of(argument);
        };
    }

    private Stream<String> engines() {
        return status(now -> now.tlsEngines().stream().map(TlsEngineStatus::name));
    }

    private Stream<String> backends() {
        return status(now -> now.backends().stream().map(BackendStatus::name));
    }

    private Stream<String> status(Function<ServerStatus, Stream<String>> names) {
        ServiceReference<Server> reference = context.getServiceReference(Server.class);
        Server server = reference == null ? null : context.getService(reference);
        return server == null ? Stream.empty() : names.apply(server.status());
    }
}
