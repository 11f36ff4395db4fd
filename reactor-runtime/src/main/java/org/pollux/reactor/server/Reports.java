package org.pollux.reactor.server;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pollux.reactor.server.loops.HeldUp;

/**
 * What other bundles report of one kind. Each is asked on a thread of its own, and for a moment only, because a status must
 * come whatever they do. A bundle that has not responded is not called again until it has. From any thread.
 *
 * @param <T> the type of the elements of a report
 */
public final class Reports<T> {

    /** For all that are asked at once. */
    static final Duration PATIENCE = Duration.ofMillis(700);

    /** The replacement for a report that did not come, made from the reason. */
    private final Function<String, List<T>> instead;

    /** Each with its key, in their order. */
    private final Map<Object, Supplier<List<T>>> sources = Collections.synchronizedMap(new LinkedHashMap<>());

    /** The questions without a response yet. */
    private final Map<Object, Question<T>> underWay = new ConcurrentHashMap<>();

    private record Question<T>(CompletableFuture<List<T>> report, long since) {}

    Reports(Function<String, List<T>> instead) {
        this.instead = instead;
    }

    /**
     * Adds a source of reports. It is asked often.
     *
     * @param key for {@link #remove}
     */
    public void add(Object key, Supplier<List<T>> source) {
        sources.put(key, source);
    }

    /** The source with this key is not asked again. */
    public void remove(Object key) {
        sources.remove(key);
    }

    /** Asks all at once, and returns the reports that came in time. */
    List<T> ask() {
        List<Supplier<List<T>>> asked;
        synchronized (sources) {
            asked = List.copyOf(sources.values());
        }
        List<Supplier<List<T>>> reports = asked.stream().map(this::begin).toList();
        return reports.stream().flatMap(report -> report.get().stream()).toList();
    }

    private Supplier<List<T>> begin(Supplier<List<T>> source) {
        Question<T> question = new Question<>(new CompletableFuture<>(), System.nanoTime());
        Question<T> before = underWay.putIfAbsent(source, question);
        if (before != null) {
            return () -> await(source, before);
        }
        Thread.ofPlatform()
                .name("pollux-asks")
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .start(() -> {
                    try {
                        List<T> report = source.get();
                        underWay.remove(source);
                        question.report().complete(report);
                    } catch (Throwable e) { // a bundle's code
                        underWay.remove(source);
                        question.report().completeExceptionally(e);
                    }
                });
        return () -> await(source, question);
    }

    private List<T> await(Supplier<List<T>> source, Question<T> question) {
        try {
            long left = question.since() + PATIENCE.toNanos() - System.nanoTime();
            return question.report().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return tooLate(source, question.since());
        } catch (ExecutionException e) {
            return instead.apply(source.getClass().getName() + " cannot report: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<T> tooLate(Supplier<List<T>> source, long since) {
        return instead.apply(source.getClass().getName() + " was asked for its report and has not responded for "
                + HeldUp.seconds(System.nanoTime() - since));
    }
}
