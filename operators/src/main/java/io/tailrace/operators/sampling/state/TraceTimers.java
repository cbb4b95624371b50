package io.tailrace.operators.sampling.state;

import io.tailrace.operators.span.TraceId;

/** The timers of event time that keyed state keeps, by trace. */
public interface TraceTimers {

    void set(TraceId id, long time);

    void delete(TraceId id, long time);
}
