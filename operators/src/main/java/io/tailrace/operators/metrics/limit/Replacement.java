package io.tailrace.operators.metrics.limit;

import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A series whose values give way one after the other. */
final class Replacement {

    private final Series series;
    private final String kept;
    private final List<Dimension> dimensions;
    private final boolean[] replaced;
    private int left;

    Replacement(Series series, SeriesLimits limits) {
        this.series = series;
        kept = limits.keptDimension(series.kind());
        dimensions = new ArrayList<>(series.dimensions());
        replaced = new boolean[dimensions.size()];
        for (Dimension dimension : dimensions) {
            left += replaceable(dimension) ? 1 : 0;
        }
    }

    private boolean replaceable(Dimension dimension) {
        return !dimension.name().equals(kept);
    }

    /** Replaces a value, unless it is the service. */
    void replace(int index) {
        if (!replaced[index] && replaceable(dimensions.get(index))) {
            replaced[index] = true;
            dimensions.set(index, marked(dimensions.get(index).name()));
            left--;
        }
    }

    private static Dimension marked(String name) {
        return new Dimension(name, SeriesLimiter.OVERFLOW);
    }

    /** Replaces the value of the dimension that has the most; the first by name among equals. */
    void replaceMostDistinct(AdmittedCounts counts) {
        int most = -1;
        for (int i = 0; i < replaced.length; i++) {
            if (!replaced[i]
                    && replaceable(dimensions.get(i))
                    && (most < 0
                            || counts.values(dimensions.get(i).name())
                                    > counts.values(dimensions.get(most).name()))) {
                most = i;
            }
        }
        if (most >= 0) {
            replace(most);
        }
    }

    boolean any() {
        for (boolean each : replaced) {
            if (each) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is nothing left to replace. */
    boolean all() {
        return left == 0;
    }

    /** Those values that are not replaced. */
    List<Dimension> own() {
        List<Dimension> own = new ArrayList<>();
        for (int i = 0; i < replaced.length; i++) {
            if (!replaced[i]) {
                own.add(dimensions.get(i));
            }
        }
        return own;
    }

    Series series() {
        return Series.of(series.kind(), series.application(), series.service(), dimensions);
    }

    /**
     * The one that takes all: it has every dimension that is known, also where this one does not,
     * so that there is only one of it.
     */
    Series lastResort(AdmittedCounts counts) {
        SortedSet<String> names = new TreeSet<>(counts.values().keySet());
        dimensions.forEach(dimension -> names.add(dimension.name()));
        List<Dimension> all = new ArrayList<>();
        for (String name : names) {
            String own = series.value(name);
            if (!name.equals(kept)) {
                all.add(marked(name));
            } else if (own != null) {
                all.add(new Dimension(name, own));
            }
        }
        return Series.of(series.kind(), series.application(), series.service(), all);
    }
}
