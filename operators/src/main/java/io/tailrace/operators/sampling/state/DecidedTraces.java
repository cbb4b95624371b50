package io.tailrace.operators.sampling.state;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;

import io.tailrace.operators.span.TraceId;

import java.io.IOException;

/** Stand-in. */
public final class DecidedTraces {
    private final KeyedStateBackend<TraceId> backend;
    private final ValueState<DecidedTrace> state;
    private final TraceTimers timers;

    public DecidedTraces(
            KeyedStateStore store, KeyedStateBackend<TraceId> backend, TraceTimers timers) {
        this.backend = backend;
        this.timers = timers;
        state = store.getState(new ValueStateDescriptor<>("decided-trace", DecidedTrace.TYPE));
    }

    public DecidedTrace get(TraceId id) throws IOException {
        backend.setCurrentKey(id);
        return state.value();
    }

    public void put(TraceId id, DecidedTrace decided) throws IOException {
        backend.setCurrentKey(id);
        state.update(decided);
        timers.set(id, decided.expires());
    }

    public void update(TraceId id, DecidedTrace decided) throws IOException {
        backend.setCurrentKey(id);
        state.update(decided);
    }

    public void remove(TraceId id) {
        backend.setCurrentKey(id);
        state.clear();
    }
}
