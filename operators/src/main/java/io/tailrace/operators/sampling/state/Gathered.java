package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.evidence.Evidence;

/**
 * What an open trace has come to, where it may be decided early.
 *
 * @param evidence of all chunks that are no later than the deadline
 * @param fingerprint of the conditions that the evidence was made under
 * @param latest the latest arrival among them, milliseconds since the epoch
 * @param settled whether nothing that may still come could change what becomes of the trace; no
 *     more is gathered then
 */
public record Gathered(Evidence evidence, long fingerprint, long latest, boolean settled) {

    /** From when on the trace can be decided. */
    long settledAt() {
        return settled ? latest : Long.MAX_VALUE;
    }
}
