package io.tailrace.bench.workload;

/** A record of the pool, made once, of which each pass sends a copy with other ids and times. */
sealed interface RequestTemplate permits OtlpTemplate, BkJsonTemplate {

    /** How many spans it has. */
    int spans();

    /**
     * The record as it is sent.
     *
     * @param lane whose traces they are
     * @param pass how many times the pool was sent before
     * @param passNanos how long a pass takes, a multiple of 1,000
     */
    byte[] replay(int lane, long pass, long passNanos);
}
