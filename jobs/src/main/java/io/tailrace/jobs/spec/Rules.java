package io.tailrace.jobs.spec;

import java.util.regex.Pattern;

/**
 * What is asked of a value beyond its type.
 *
 * @param required whether neither absence nor emptiness will do
 * @param secret whether only a reference may be written
 * @param exists whether the path must lead somewhere
 * @param least of its measure, or of its elements
 * @param most likewise
 * @param secretKeys for the keys of a map of texts; matches nothing if there are none
 */
record Rules(
        boolean required,
        boolean secret,
        boolean exists,
        double least,
        double most,
        Pattern secretKeys) {

    static final Pattern NO_KEYS = Pattern.compile("(?!)");

    /** For an element of a list or map under these rules; the range is about their number. */
    Rules ofElement() {
        return new Rules(
                false,
                secret,
                exists,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                secretKeys);
    }

    boolean allow(double measure) {
        return Double.isNaN(measure) || (measure >= least && measure <= most);
    }

    /** Of lists and maps: what is required has an element, unless zero is explicitly allowed. */
    double leastElements() {
        return required && least == Double.NEGATIVE_INFINITY ? 1 : Math.max(0, least);
    }

    /** The range in words; empty where there is none. */
    static String range(
            double least, double most, java.util.function.DoubleFunction<String> bound) {
        boolean below = Double.isFinite(least);
        boolean above = Double.isFinite(most);
        if (below && above) {
            return "from " + bound.apply(least) + " to " + bound.apply(most);
        } else if (below) {
            return "at least " + bound.apply(least);
        }
        return above ? "at most " + bound.apply(most) : "";
    }
}
