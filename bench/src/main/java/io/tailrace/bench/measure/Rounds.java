package io.tailrace.bench.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes several things in turns, so that what disturbs the machine for a while disturbs all. */
public final class Rounds {

    private Rounds() {}

    /**
     * One measurement.
     *
     * @param <K> what is measured
     * @param <R> the result
     */
    @FunctionalInterface
    public interface Measurement<K, R> {
        /**
         * @param name for lines of progress
         */
        R of(K what, String name) throws IOException, InterruptedException;
    }

    /**
     * @return the results of each, in the order of the rounds
     */
    public static <K, R> Map<K, List<R>> take(
            int rounds, List<K> all, Measurement<K, R> measurement)
            throws IOException, InterruptedException {
        Map<K, List<R>> results = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (K each : all) {
                String name = "round %d of %d, %s".formatted(round, rounds, each);
                results.computeIfAbsent(each, none -> new ArrayList<>())
                        .add(measurement.of(each, name));
            }
        }
        return results;
    }
}
