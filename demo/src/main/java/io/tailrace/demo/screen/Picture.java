package io.tailrace.demo.screen;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a demo shows at one moment.
 *
 * @param elapsed since the traffic began
 * @param length how long there is traffic, if nobody ends it before
 * @param traffic whether there still is; else it is waited until no trace is open
 * @param webUi Flink's address
 * @param spans read so far
 * @param spansPerSecond of late
 * @param rates spans a second, the last moments one after another
 * @param open traces that are not decided yet
 * @param keptBy decided traces by the policy that kept them
 * @param notKept decided traces that no policy kept
 * @param lateSpans that came after the decision on their trace
 * @param burst of errors
 * @param services that were called within the last windows
 * @param things how many there are, by kind
 * @param found the last things that were found, the newest first
 * @param deadLetters records that could not be read or written
 * @param restarts of the job
 */
public record Picture(
        Duration elapsed,
        Duration length,
        boolean traffic,
        String webUi,
        long spans,
        double spansPerSecond,
        List<Long> rates,
        long open,
        Map<String, Long> keptBy,
        long notKept,
        long lateSpans,
        BurstFigures burst,
        List<ServiceFigures> services,
        Map<String, Long> things,
        List<Found> found,
        long deadLetters,
        long restarts) {

    /**
     * A burst of errors.
     *
     * @param from after the start of the traffic
     * @param until after the start of the traffic
     * @param failed decided traces of which an error was sent in it
     * @param failedKept those of them that were kept
     * @param others decided traces that began in it, without such an error
     * @param othersKept those of them that were kept
     * @param keptForErrors how many traces were kept for errors, by slots of time one after another
     */
    public record BurstFigures(
            Duration from,
            Duration until,
            long failed,
            long failedKept,
            long others,
            long othersKept,
            List<Long> keptForErrors) {}

    /**
     * A service as its callers saw it of late.
     *
     * @param calls a second
     * @param averageMillis of a call
     * @param mostMillis that 95 % of the calls took at most; negative where they took longer than
     *     all bounds
     * @param failed share of the calls, 0 to 1
     */
    public record ServiceFigures(
            String name, double calls, double averageMillis, double mostMillis, double failed) {}

    /** A thing, and how long after the start of the traffic it was first seen. */
    public record Found(Duration at, String what) {}

    public long kept() {
        return keptBy.values().stream().mapToLong(Long::longValue).sum();
    }

    public long decided() {
        return kept() + notKept;
    }
}
