package org.pollux.reactor.server;

import java.time.Duration;
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
 * Calls other bundles, each on its own thread, and waits only a moment, because a status must come whatever they do. A
 * bundle that has not responded is not called again until it has. From any thread.
 *
 * @param <T> the type of the elements of a report
 */
final class AskedInTime<T> {

    /** For all that are asked at once. */
    static final Duration PATIENCE = Duration.ofMillis(700);

    /** The replacement for a report that did not come, made from the reason. */
    private final Function<String, List<T>> instead;

    /** The questions without a response yet. */
    private final Map<Object, Question<T>> underWay = new ConcurrentHashMap<>();

    private record Question<T>(CompletableFuture<List<T>> report, long since) {}

    AskedInTime(Function<String, List<T>> instead) {
        this.instead = instead;
    }

    /** Asks all at once, and returns the reports that came in time. */
    List<T> ask(List<? extends Supplier<List<T>>> sources) {
        List<Supplier<List<T>>> reports = sources.stream().map(this::begin).toList();
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
