package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps traces in Flink's keyed state as they come: each chunk is appended without reading those
 * before it.
 */
public final class KeyedTraceStore implements TraceStore {

    private static final ValueStateDescriptor<OpenTrace> OPEN =
            new ValueStateDescriptor<>("open-trace", OpenTrace.TYPE);

    private final KeyedStateBackend<TraceId> backend;
    private final ValueState<OpenTrace> open;
    private final ListState<TraceChunk> chunks;
    private final ValueState<DecidedTrace> decided;
    private final MapState<Long, Long> arrivals;

    public KeyedTraceStore(KeyedStateStore state, KeyedStateBackend<TraceId> backend) {
        this.backend = backend;
        open = state.getState(OPEN);
        chunks = state.getListState(new ListStateDescriptor<>("trace-chunks", TraceChunk.TYPE));
        decided = state.getState(new ValueStateDescriptor<>("decided-trace", DecidedTrace.TYPE));
        arrivals =
                state.getMapState(
                        new MapStateDescriptor<>("span-arrivals", Types.LONG, Types.LONG));
    }

    @Override
    public OpenTrace open() throws Exception {
        return open.value();
    }

    @Override
    public void add(TraceChunk chunk, OpenTrace then) throws Exception {
        chunks.add(chunk);
        open.update(then);
    }

    @Override
    public void update(OpenTrace then) throws Exception {
        open.update(then);
    }

    @Override
    public SpanArrivals arrivals(long arrival) {
        return new KeyedSpanArrivals(arrivals, arrival);
    }

    @Override
    public List<TraceChunk> chunks() throws Exception {
        List<TraceChunk> all = new ArrayList<>();
        chunks.get().forEach(all::add);
        return all;
    }

    @Override
    public void removeOpen() {
        chunks.clear();
        arrivals.clear();
        open.clear();
    }

    @Override
    public DecidedTrace decided() throws Exception {
        return decided.value();
    }

    @Override
    public void decided(DecidedTrace trace) throws Exception {
        decided.update(trace);
    }

    @Override
    public void removeDecided() {
        decided.clear();
    }

    @Override
    public void forEachOpen(Consumer<OpenTrace> consumer) throws Exception {
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                OPEN,
                (key, state) -> consumer.accept(state.value()));
    }
}
