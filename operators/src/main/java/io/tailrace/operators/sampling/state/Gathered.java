package io.tailrace.operators.sampling.state;

import io.tailrace.operators.sampling.evidence.Evidence;

import java.util.Objects;

/**
 * What the chunks of an open trace have come to, but for those that are later than its deadline.
 */
public final class Gathered {

    private final Evidence evidence;
    private final long fingerprint;
    private long latest;
    private boolean settled;

    /**
     * @param evidence becomes this one's own
     * @param fingerprint of the conditions that the evidence was made under
     * @param latest the latest arrival of a chunk, milliseconds since the epoch
     * @param settled whether nothing that may still come could change what becomes of the trace; no
     *     more is gathered then
     */
    public Gathered(Evidence evidence, long fingerprint, long latest, boolean settled) {
        this.evidence = evidence;
        this.fingerprint = fingerprint;
        this.latest = latest;
        this.settled = settled;
    }

    /** Takes in a chunk. */
    public void add(Evidence ofChunk, long arrival) {
        evidence.merge(ofChunk);
        latest = Math.max(latest, arrival);
    }

    public void settle() {
        settled = true;
    }

    /** It grows with the trace: whoever hands it on must have closed the trace. */
    public Evidence evidence() {
        return evidence;
    }

    public long fingerprint() {
        return fingerprint;
    }

    public long latest() {
        return latest;
    }

    public boolean settled() {
        return settled;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gathered that
                && evidence.equals(that.evidence)
                && fingerprint == that.fingerprint
                && latest == that.latest
                && settled == that.settled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(evidence, latest);
    }

    /** From when on the trace can be decided. */
    long settledAt() {
        return settled ? latest : Long.MAX_VALUE;
    }
}
