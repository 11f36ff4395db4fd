package org.pollux.shell;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.pollux.shell.CommandServices.Command;

/** The command {@code help}: the commands of Pollux with their descriptions, and the names of all others. */
@Component(
        service = Help.class,
        property = {
            "osgi.command.scope=" + CommandServices.OURS,
            "osgi.command.function=help",
            CommandServices.DESCRIPTIONS + "=help {commands}: this list, or more on one command"
        })
public final class Help {

    private static final int WIDTH = 100;

    private final CommandServices commands;

    @Activate
    public Help(BundleContext context, @Reference ServiceComponentRuntime components) {
        commands = new CommandServices(context, components);
    }

    /** Prints all commands. */
    public void help(CommandSession session) {
        session.getConsole().print(of(commands.all()));
    }

    /** Prints the description of one command; for a command of another bundle, it refers to Gogo's own help. */
    public void help(CommandSession session, String name) {
        List<Command> found = commands.all().stream()
                .filter(command ->
                        command.name().equals(name) || command.qualified().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("unknown command '" + name + "'; 'help' lists those that there are");
        }
        Command first = found.getFirst();
        if (first.description().isEmpty()) {
            session.getConsole()
                    .println(
                            first.name() + " is a command of others; 'felix:help " + first.qualified() + "' says more");
        } else {
            session.getConsole().println(usage(first) + "\n  " + first.description());
        }
    }

    static String of(List<Command> all) {
        StringBuilder text = new StringBuilder();
        List<Command> ours =
                all.stream().filter(command -> !command.description().isEmpty()).toList();
        int width =
                ours.stream().mapToInt(command -> usage(command).length()).max().orElse(1);
        for (Command command : ours) {
            text.append(("  %-" + width + "s  %s%n").formatted(usage(command), command.description()));
        }
        Map<String, String> others = all.stream()
                .filter(command -> command.description().isEmpty())
                .collect(Collectors.groupingBy(
                        Command::scope, TreeMap::new, Collectors.mapping(Command::name, Collectors.joining(" "))));
        others.forEach((scope, names) -> text.append("\n").append(wrapped(scope + ": " + names)));
        return text.append("\n'help COMMAND' says more, TAB completes, 'exit' leaves\n")
                .toString();
    }

    /** {@code backend [NAME]}: braces hold one of many names. */
    private static String usage(Command command) {
        return command.arguments().isEmpty()
                ? command.name()
                : command.name() + " " + command.arguments().replaceAll("\\{(\\w+?)s?\\}", "[$1]");
    }

    private static String wrapped(String words) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : words.split(" ", -1)) {
            if (column + 1 + word.length() > WIDTH) {
                text.append("\n   ");
                column = 3;
            } else if (column == 0) {
                text.append(' ');
            }
            text.append(' ').append(word);
            column += 1 + word.length();
        }
        return text.append('\n').toString();
    }
}
