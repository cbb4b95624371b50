package io.tailrace.operators.metrics.limit;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.operators.serialization.ValueTypeInformation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What is admitted of the service whose turn it is, each with the time that it was last seen. That
 * time is written anew only once it has aged by an eighth of the expiration. A value is never older
 * than a series that has it.
 */
final class LimiterState {

    private static final ValueTypeInformation<Dimension> DIMENSION =
            new ValueTypeInformation<>(Dimension.class, new DimensionSerializer());

    private final long expiration;
    private final long step;
    private final MapState<SeriesId, Long> series;
    private final MapState<SeriesId, Long> marked;
    private final MapState<Dimension, Long> values;
    private final ValueState<AdmittedCounts> counts;

    LimiterState(long expiration, RuntimeContext context) {
        this.expiration = expiration;
        this.step = Math.max(1, expiration / 8);
        series = context.getMapState(lastSeen("admitted-series", SeriesId.TYPE));
        marked = context.getMapState(lastSeen("marked-series", SeriesId.TYPE));
        values = context.getMapState(lastSeen("admitted-values", DIMENSION));
        counts =
                context.getState(
                        new ValueStateDescriptor<>("admitted-counts", AdmittedCounts.TYPE));
    }

    private static <T> MapStateDescriptor<T, Long> lastSeen(
            String name, ValueTypeInformation<T> type) {
        return new MapStateDescriptor<>(name, type, Types.LONG);
    }

    /** Null where nothing of the service is admitted. */
    AdmittedCounts counts() throws Exception {
        return counts.value();
    }

    boolean knows(Dimension value) throws Exception {
        return values.contains(value);
    }

    /** Whether this series is admitted as it came; if so, it was seen now. */
    boolean seen(Series one, long time) throws Exception {
        return seen(series, one.id(), one.dimensions(), time);
    }

    /**
     * The same of one with replaced values.
     *
     * @param own those of its values that are its own
     */
    boolean seenMarked(Series one, Collection<Dimension> own, long time) throws Exception {
        return seen(marked, one.id(), own, time);
    }

    private boolean seen(
            MapState<SeriesId, Long> state, SeriesId id, Collection<Dimension> own, long time)
            throws Exception {
        Long last = state.get(id);
        if (last == null) {
            return false;
        }
        if (time - last >= step) {
            state.put(id, time);
            for (Dimension value : own) {
                Long valueSeen = values.get(value);
                if (valueSeen != null && valueSeen < time) {
                    values.put(value, time);
                }
            }
        }
        return true;
    }

    void admit(SeriesId id, boolean replaced, Collection<Dimension> own, long time)
            throws Exception {
        (replaced ? marked : series).put(id, time);
        List<Dimension> added = new ArrayList<>();
        for (Dimension value : own) {
            Long last = values.get(value);
            if (last == null) {
                added.add(value);
            }
            if (last == null || last < time) {
                values.put(value, time);
            }
        }
        AdmittedCounts before = counts.value();
        counts.update((before == null ? AdmittedCounts.NONE : before).oneMore(replaced, added));
    }

    /** When something that was last seen then may be forgotten: at one of few times. */
    long expiry(long seen) {
        return (Math.floorDiv(seen + expiration + step, step) + 1) * step;
    }

    /**
     * Forgets what has expired.
     *
     * @return when to do so again; {@link Long#MAX_VALUE} where nothing is left
     */
    long expire(long time) throws Exception {
        int[] left = new int[2];
        Map<String, Integer> valuesLeft = new TreeMap<>();
        long next = expire(series, time, id -> left[0]++);
        next = Math.min(next, expire(marked, time, id -> left[1]++));
        next =
                Math.min(
                        next,
                        expire(
                                values,
                                time,
                                value -> valuesLeft.merge(value.name(), 1, Integer::sum)));
        if (next == Long.MAX_VALUE) {
            counts.clear();
        } else {
            counts.update(new AdmittedCounts(left[0], left[1], valuesLeft));
        }
        return next;
    }

    private <T> long expire(MapState<T, Long> state, long time, Consumer<T> staying)
            throws Exception {
        long next = Long.MAX_VALUE;
        for (Iterator<Map.Entry<T, Long>> all = state.iterator(); all.hasNext(); ) {
            Map.Entry<T, Long> each = all.next();
            long expiry = expiry(each.getValue());
            if (expiry <= time) {
                all.remove();
            } else {
                next = Math.min(next, expiry);
                staying.accept(each.getKey());
            }
        }
        if (next == Long.MAX_VALUE) {
            // On the heap, a map whose entries an iterator has removed would stay, empty.
            state.clear();
        }
        return next;
    }
}
