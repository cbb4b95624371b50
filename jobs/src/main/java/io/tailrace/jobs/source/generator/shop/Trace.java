package io.tailrace.jobs.source.generator.shop;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A trace while it is played: what its acts share, and the spans that ended. */
final class Trace {

    private static final long LATE_LEAST = 5_000_000_000L;
    private static final double LATE_SPREAD = 15_000_000_000.0;

    private final Weather weather;
    private final long number;
    private final long latest;
    private final long startNanos;
    private final Dice dice;
    private final ByteString id;
    private final boolean rootless;
    private final List<EndedSpan> ended = new ArrayList<>(16);

    /**
     * @param begin nanoseconds after the traffic's start
     * @param startNanos that start, nanoseconds since the epoch
     */
    Trace(Weather weather, long number, long begin, long startNanos) {
        this.weather = weather;
        this.number = number;
        this.latest = begin + Traces.LONGEST_NANOS;
        this.startNanos = startNanos;
        this.dice = Dice.of(weather.seed(), Purpose.TRACE, number);
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(dice.id()).putLong(dice.id()).flip();
        this.id = ByteString.copyFrom(bytes);
        this.rootless = dice.chance(weather.rootless());
    }

    Dice dice() {
        return dice;
    }

    ByteString id() {
        return id;
    }

    ByteString newSpanId() {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(dice.id()).flip());
    }

    boolean during(Episode episode, long offset) {
        return weather.during(episode, offset);
    }

    /** What a host's clock shows, nanoseconds since the epoch. */
    long clock(Host host, long offset) {
        return startNanos + offset + host.skewNanos();
    }

    void end(Instance instance, Language.Instrumentation instrumentation, Span span, long end) {
        if (rootless && span.getParentSpanId().isEmpty()) {
            return;
        }
        ended.add(
                new EndedSpan(
                        instance,
                        instance.service().language().scope(instrumentation),
                        span,
                        end,
                        Math.min(end + lateness(instance), latest)));
    }

    List<EndedSpan> spans() {
        return ended;
    }

    private long lateness(Instance instance) {
        Dice late =
                Dice.of(
                        weather.seed(),
                        Purpose.LATE_FLUSH + ((long) instance.index() << 32),
                        number);
        return late.chance(weather.lateFlushes())
                ? LATE_LEAST + (long) (late.unit() * LATE_SPREAD)
                : 0;
    }
}
