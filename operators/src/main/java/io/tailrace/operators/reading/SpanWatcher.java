package io.tailrace.operators.reading;

import io.tailrace.operators.span.wire.RequestWalker;

/**
 * Makes something of spans while an operator reads them. It is no part of state: what it made is
 * handed on when the operator says so, or before that, where its memory is used up.
 */
public interface SpanWatcher {

    /** Sees all spans that can be used. */
    RequestWalker.Spans spans();

    /**
     * @param time of the request whose spans follow
     */
    void arrival(long time);

    /** Hands on what is due before this watermark passes. */
    void handOnDue(long watermark);

    /** Hands on what the watermarks of others must not overtake while no spans come. */
    void handOnIdle();

    void handOnAll();
}
