package io.tailrace.operators.span.tracestate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static io.tailrace.operators.span.tracestate.SamplingThreshold.ABSENT;

/**
 * OpenTelemetry's own member of a trace state, {@code ot}: sub-keys such as {@code
 * th:c;rv:1234567890abcd}. One that is malformed counts as absent; of one that stands there twice
 * the greatest value counts, so that no reader finds a threshold lowered.
 *
 * <p>Source: OpenTelemetry's specification, "TraceState Handling".
 */
public final class OtMember {

    static final String KEY = "ot";

    private static final String THRESHOLD = "th:";
    private static final String RANDOMNESS = "rv:";
    private static final OtMember EMPTY = new OtMember(List.of());

    private final List<String> parts;

    private OtMember(List<String> parts) {
        this.parts = parts;
    }

    /** The member of a trace state; empty where there is none. */
    public static OtMember of(TraceState state) {
        String value = state.value(KEY);
        return value == null
                ? EMPTY
                : new OtMember(
                        Stream.of(value.split(";")).filter(part -> !part.isBlank()).toList());
    }

    /** The rejection threshold, 0 to 2^56 - 1; {@link SamplingThreshold#ABSENT} without one. */
    public long threshold() {
        return greatest(THRESHOLD);
    }

    /** The randomness, 0 to 2^56 - 1; {@link SamplingThreshold#ABSENT} without one. */
    public long randomness() {
        return greatest(RANDOMNESS);
    }

    private long greatest(String name) {
        long greatest = ABSENT;
        for (String part : parts) {
            if (part.startsWith(name) && isWellFormed(part)) {
                greatest = Math.max(greatest, SamplingThreshold.parse(part, name.length()));
            }
        }
        return greatest;
    }

    private static boolean isWellFormed(String part) {
        return !part.startsWith(RANDOMNESS)
                || part.length() == RANDOMNESS.length() + SamplingThreshold.MOST_DIGITS;
    }

    boolean hasThreshold() {
        return parts.stream().anyMatch(OtMember::isThreshold);
    }

    private static boolean isThreshold(String part) {
        return part.startsWith(THRESHOLD);
    }

    /** With this one in the place of the threshold before, or in front. */
    OtMember withThreshold(long threshold) {
        int place = 0;
        while (place < parts.size() && !isThreshold(parts.get(place))) {
            place++;
        }
        List<String> changed = new ArrayList<>(withoutThreshold().parts);
        changed.add(
                place == parts.size() ? 0 : place, THRESHOLD + SamplingThreshold.text(threshold));
        while (text(changed).length() > TraceState.MOST_VALUE_LENGTH) {
            removeLeastNeeded(changed);
        }
        return new OtMember(changed);
    }

    /** What is not about sampling goes first, from the end; the threshold alone always fits. */
    private static void removeLeastNeeded(List<String> parts) {
        if (!removeLast(parts, part -> !isThreshold(part) && !part.startsWith(RANDOMNESS))) {
            removeLast(parts, part -> !isThreshold(part));
        }
    }

    private static boolean removeLast(List<String> parts, Predicate<String> which) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            if (which.test(parts.get(i))) {
                parts.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Without any sub-key {@code th}, well-formed or not. */
    OtMember withoutThreshold() {
        return new OtMember(parts.stream().filter(part -> !isThreshold(part)).toList());
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    private static String text(List<String> parts) {
        // A space at the end would not belong to the value any more.
        return String.join(";", parts).stripTrailing();
    }

    @Override
    public String toString() {
        return text(parts);
    }
}
