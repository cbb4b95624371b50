package io.tailrace.bench.measure;

import io.tailrace.operators.input.Encoding;

/**
 * Records in memory, made before any time is taken. Each source reader sends a lane of them; a
 * request's number counts from 0 within its lane.
 */
public interface Traffic {

    /** What the records are in. */
    Encoding encoding();

    /** How many readers share it, 1 or more. */
    int lanes();

    /** How many requests a lane has before it falls silent. */
    long requests(int lane);

    /** How many spans a request has. */
    int spans(int lane, long number);

    /** The bytes of a request. */
    byte[] request(int lane, long number);

    /** When a request arrives, milliseconds since the epoch, whatever the real speed. */
    long arrival(int lane, long number);
}
