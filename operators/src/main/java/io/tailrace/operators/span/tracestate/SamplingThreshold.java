package io.tailrace.operators.span.tracestate;

import io.tailrace.operators.span.TraceId;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * OpenTelemetry's rejection thresholds: numbers from 0 (all pass) to 2^56 - 1 (one in 2^56 passes).
 * A trace passes where its randomness, 56 bits, is no less than the threshold, so whoever samples
 * by the same randomness keeps the same traces, or fewer of them.
 *
 * <p>Source: OpenTelemetry's specification, "TraceState: Probability Sampling".
 */
public final class SamplingThreshold {

    /** Everything passes. */
    public static final long ALWAYS = 0;

    /** Nothing passes: 2^56. There is no text for it. */
    public static final long NEVER = 1L << 56;

    /** Stands for a threshold or a randomness that is not there. */
    public static final long ABSENT = -1;

    static final int MOST_DIGITS = 14;

    private static final BigDecimal ALL = BigDecimal.valueOf(NEVER);

    private SamplingThreshold() {}

    /**
     * The threshold that lets so many of a hundred pass, to the nearest one.
     *
     * @param percentage 100 or more gives {@link #ALWAYS}; 0 or less gives {@link #NEVER}, as does
     *     a share that is nearer to nothing than to one in 2^56
     * @throws IllegalArgumentException where it is no number
     */
    public static long ofPercentage(double percentage) {
        if (Double.isNaN(percentage)) {
            throw new IllegalArgumentException("A percentage that is no number");
        }
        if (percentage >= 100) {
            return ALWAYS;
        }
        if (percentage <= 0) {
            return NEVER;
        }
        // A double has an exact decimal form, and dividing it by a hundred keeps it exact.
        BigDecimal share = new BigDecimal(percentage).movePointLeft(2);
        return ALL.subtract(ALL.multiply(share)).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** Whether a trace of this randomness passes. */
    public static boolean keeps(long threshold, long randomness) {
        return randomness >= threshold;
    }

    /** The randomness of a trace that brings no other: the last 56 bits of its id. */
    public static long randomness(TraceId traceId) {
        return traceId.low() & (NEVER - 1);
    }

    /**
     * How many spans one stands for that passed this threshold: 1 or more.
     *
     * @throws IllegalArgumentException where none could have passed
     */
    public static double adjustedCount(long threshold) {
        return (double) NEVER / (NEVER - checked(threshold));
    }

    /**
     * As it stands in a trace state: up to 14 hex digits, those left out at the end are zeros.
     *
     * @throws IllegalArgumentException where it is below 0, or 2^56 or more
     */
    public static String text(long threshold) {
        String digits = Long.toHexString(NEVER | checked(threshold)).substring(1);
        int end = MOST_DIGITS;
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    private static long checked(long threshold) {
        if (threshold < ALWAYS || threshold >= NEVER) {
            throw new IllegalArgumentException("Not from 0 to 2^56 - 1: " + threshold);
        }
        return threshold;
    }

    /**
     * Reads hex digits in lower case as the first ones of 14.
     *
     * @return {@link #ABSENT} where they are anything else, none, or more
     */
    static long parse(String text, int from) {
        int count = text.length() - from;
        if (count < 1 || count > MOST_DIGITS) {
            return ABSENT;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                value = value << 4 | c - '0';
            } else if (c >= 'a' && c <= 'f') {
                value = value << 4 | c - 'a' + 10;
            } else {
                return ABSENT;
            }
        }
        return value << 4 * (MOST_DIGITS - count);
    }
}
