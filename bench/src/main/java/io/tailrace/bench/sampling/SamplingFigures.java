package io.tailrace.bench.sampling;

import io.tailrace.bench.results.Spread;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** All rounds of all modes. */
final class SamplingFigures {

    /** Two modes whose rates are compared. */
    private record Pair(Mode one, Mode other) {}

    private static final List<Pair> PAIRS =
            List.of(
                    new Pair(Mode.ROCKSDB, Mode.REFERENCE),
                    new Pair(Mode.ROCKSDB, Mode.PASS_THROUGH),
                    new Pair(Mode.HEAP, Mode.PASS_THROUGH));

    private final Map<Mode, List<ModeResult>> rounds;

    SamplingFigures(Map<Mode, List<ModeResult>> rounds) {
        this.rounds = new EnumMap<>(rounds);
    }

    Set<Mode> modes() {
        return rounds.keySet();
    }

    List<ModeResult> rounds(Mode mode) {
        return rounds.get(mode);
    }

    Spread spread(Mode mode, ToDoubleFunction<ModeResult> figure) {
        return Spread.of(rounds.get(mode).stream().map(figure::applyAsDouble).toList());
    }

    double spansPerSecond(Mode mode) {
        return spread(mode, ModeResult::spansPerSecond).median();
    }

    /** Medians of one mode over medians of another, by names such as rocksdb/reference. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (Pair pair : PAIRS) {
            if (rounds.containsKey(pair.one) && rounds.containsKey(pair.other)) {
                ratios.put(
                        pair.one + "/" + pair.other,
                        spansPerSecond(pair.one) / spansPerSecond(pair.other));
            }
        }
        return ratios;
    }
}
