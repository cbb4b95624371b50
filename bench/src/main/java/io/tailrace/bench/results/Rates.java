package io.tailrace.bench.results;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Spans a second of several modes, and how they compare.
 *
 * @param <M> the modes
 */
public final class Rates<M> {

    private final Map<M, Spread> spreads = new LinkedHashMap<>();

    /**
     * @param rounds spans a second of each mode, one or more
     */
    public Rates(Map<M, ? extends List<? extends Number>> rounds) {
        rounds.forEach((mode, rates) -> spreads.put(mode, Spread.of(rates)));
    }

    /**
     * @param rounds what each mode showed, one or more
     * @param rate spans a second of that
     */
    public static <M, R> Rates<M> of(Map<M, List<R>> rounds, ToDoubleFunction<R> rate) {
        Map<M, List<Double>> all = new LinkedHashMap<>();
        rounds.forEach(
                (mode, each) -> all.put(mode, each.stream().mapToDouble(rate).boxed().toList()));
        return new Rates<>(all);
    }

    /** The median of one over the median of another. */
    public double ratio(M one, M other) {
        return spreads.get(one).median() / spreads.get(other).median();
    }

    /**
     * How all others compare to one, in lines.
     *
     * @param format of what is compared, and of the ratio
     */
    public List<String> ratiosTo(M base, String format) {
        return spreads.keySet().stream()
                .filter(mode -> !mode.equals(base))
                .map(
                        mode ->
                                String.format(
                                        Locale.ROOT, format, mode + "/" + base, ratio(mode, base)))
                .toList();
    }

    /** For the terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        spreads.forEach(
                (mode, rate) ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "%-17s %,11.0f spans/s (%,.0f to %,.0f)",
                                        mode,
                                        rate.median(),
                                        rate.least(),
                                        rate.most())));
        return lines;
    }

    /** For the file of results; more rows may follow. */
    public List<String> table() {
        List<String> lines = new ArrayList<>(List.of("| mode | spans/s |", "|---|---|"));
        spreads.forEach(
                (mode, rate) ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %,.0f (%,.0f to %,.0f) |",
                                        mode,
                                        rate.median(),
                                        rate.least(),
                                        rate.most())));
        return lines;
    }

    /** Adds the medians. */
    public void addTo(ObjectNode all) {
        ObjectNode medians = all.putObject("spans_per_second");
        spreads.forEach(
                (mode, rate) -> medians.put(mode.toString(), JsonLine.rounded(rate.median(), 0)));
    }
}
