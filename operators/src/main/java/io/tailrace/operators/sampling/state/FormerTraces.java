package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.span.TraceId;

import java.util.List;

/**
 * Open traces as they were in state before they were in {@linkplain TraceSlices slices}: each one a
 * value of its own. They are only ever taken out.
 */
final class FormerTraces {

    private static final ValueStateDescriptor<OpenTrace> STORED =
            new ValueStateDescriptor<>("open-trace", OpenTrace.TYPE);

    private final KeyedStateStore store;
    private final KeyedStateBackend<TraceId> backend;

    /** Null until a trace is met. */
    private FormerChunks former;

    FormerTraces(KeyedStateStore store, KeyedStateBackend<TraceId> backend) {
        this.store = store;
        this.backend = backend;
    }

    /** Sees traces that are no longer in state. */
    interface Listener {
        /**
         * @param trace with what is known of it, and no chunks
         */
        void trace(ResidentTrace trace, List<TraceChunk> chunks) throws Exception;
    }

    /** Takes all out of state. Changes the current key. */
    void takeAll(Listener listener) throws Exception {
        ValueState<OpenTrace> state = store.getState(STORED);
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                STORED,
                (id, one) -> {
                    ResidentTrace trace = new ResidentTrace(id);
                    trace.now = one.value();
                    if (former == null) {
                        former = new FormerChunks(store);
                    }
                    trace.arrivals = former.takeArrivals();
                    state.clear();
                    listener.trace(trace, former.takeChunks());
                });
    }
}
