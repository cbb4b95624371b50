package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

import io.tailrace.operators.sampling.TraceChunk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The states in which chunks and the arrivals of span ids were before there were slices of open
 * traces. They are only ever emptied.
 */
final class FormerChunks {

    private final ListState<TraceChunk> chunks;
    private final MapState<Long, Long> arrivals;

    FormerChunks(KeyedStateStore store) {
        chunks = store.getListState(new ListStateDescriptor<>("trace-chunks", TraceChunk.TYPE));
        arrivals =
                store.getMapState(
                        new MapStateDescriptor<>("span-arrivals", Types.LONG, Types.LONG));
    }

    /** Of the current key, in the order they came. */
    List<TraceChunk> takeChunks() throws Exception {
        List<TraceChunk> all = new ArrayList<>();
        chunks.get().forEach(all::add);
        chunks.clear();
        return all;
    }

    /** Of the current key; null where none were looked at. */
    Map<Long, Long> takeArrivals() throws Exception {
        Map<Long, Long> all = new HashMap<>();
        for (Map.Entry<Long, Long> arrival : arrivals.entries()) {
            all.put(arrival.getKey(), arrival.getValue());
        }
        arrivals.clear();
        return all.isEmpty() ? null : all;
    }
}
