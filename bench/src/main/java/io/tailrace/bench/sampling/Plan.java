package io.tailrace.bench.sampling;

import io.tailrace.bench.workload.RequestPool;
import io.tailrace.bench.workload.Workload;

import java.time.Duration;

/**
 * How runs are made, the same for all modes.
 *
 * @param open how many spans are open at a time
 * @param warmUp the least time before the measured part
 * @param measured how long the measured part takes, whatever the speed
 * @param parallelism of all operators, and so how many source readers there are
 */
record Plan(Workload workload, int open, Duration warmUp, Duration measured, int parallelism) {

    /** The event time by which so many spans are open. */
    Duration decisionWait() {
        return Duration.ofMillis(1000L * open / RequestPool.SPANS_PER_SECOND);
    }

    /** The event time after which as many spans are decided as arrive, and a fifth more. */
    Duration eventTimeToWarmUp() {
        return decisionWait().multipliedBy(6).dividedBy(5);
    }
}
