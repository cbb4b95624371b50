package io.tailrace.jobs.cli.live;

import io.tailrace.operators.discovery.Entity;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far a run of discovery is.
 *
 * @param spans read so far
 * @param requests read so far
 * @param found things that were not there before
 * @param writes changes handed on, those of things that have gone included
 * @param expired things not seen for their time
 * @param evicted things that were too many
 * @param overflowed sightings of names that were too many
 * @param withoutService spans that show nothing
 * @param deadLetters by reason
 * @param restarts of the job; what was read again after one is counted again
 */
public record DiscoveryFigures(
        long spans,
        long requests,
        Map<Entity, Long> found,
        long writes,
        long expired,
        long evicted,
        long overflowed,
        long withoutService,
        Map<String, Long> deadLetters,
        long restarts)
        implements Figures {

    public static DiscoveryFigures of(LiveMetrics metrics) {
        Map<String, Long> all = metrics.sums("found");
        Map<Entity, Long> found = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            found.put(entity, all.getOrDefault(entity.text(), 0L));
        }
        return new DiscoveryFigures(
                metrics.sum("spans_in"),
                metrics.sum("requests_in"),
                found,
                metrics.sumOfAll("upserts")
                        + metrics.sumOfAll("expired")
                        + metrics.sumOfAll("evicted"),
                metrics.sumOfAll("expired"),
                metrics.sumOfAll("evicted"),
                metrics.sumOfAll("overflowed"),
                metrics.sum("spans_without_service"),
                metrics.sums("dead_letters"),
                metrics.sum(LiveMetrics.RESTARTS));
    }

    private long all() {
        return found.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String work() {
        return String.format(
                Locale.ROOT, "found %,d  written %,d  expired %,d", all(), writes, expired);
    }

    @Override
    public void addTo(SummaryText text) {
        text.line("no service", "%,d spans", withoutService);
        text.line(
                "found",
                "%s",
                found.entrySet().stream()
                        .map(each -> "%s %,d".formatted(each.getKey().text(), each.getValue()))
                        .collect(Collectors.joining(", ")));
        text.line("written", "%,d changes", writes);
        text.line(
                "gone",
                "%,d expired, %,d evicted; %,d sightings of names above the limit",
                expired,
                evicted,
                overflowed);
    }
}
