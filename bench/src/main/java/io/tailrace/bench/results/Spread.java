package io.tailrace.bench.results;

import java.util.Arrays;
import java.util.Collection;

/**
 * One figure of several rounds.
 *
 * @param median of an even number, the mean of the two in the middle
 */
public record Spread(double least, double median, double most) {

    /**
     * @param figures one or more
     */
    public static Spread of(Collection<? extends Number> figures) {
        double[] sorted = figures.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("There is no median of nothing");
        }
        int half = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(
                Arrays.stream(sorted).min().orElseThrow(),
                median,
                Arrays.stream(sorted).max().orElseThrow());
    }
}
