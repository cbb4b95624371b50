package io.tailrace.bench.discovery;

import io.tailrace.bench.measure.Measured;
import io.tailrace.bench.measure.MeasuredPart;
import io.tailrace.bench.measure.Run;
import io.tailrace.bench.measure.Run.Outcome;
import io.tailrace.bench.measure.WholeRun;
import io.tailrace.bench.workload.RequestPool;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Runs one mode once, to its end. All that there is must be known before the measured part begins,
 * nothing else be found in it, and all be seen until the end.
 */
final class DiscoveryRun {

    /** After so much event time all was sent several times, and has arrived. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(10);

    private final RequestPool pool;
    private final WholeRun whole;
    private final Duration pairingWait;

    /**
     * @param pairingWait how long spans that are joined wait for each other, in event time
     */
    DiscoveryRun(RequestPool pool, WholeRun whole, Duration pairingWait) {
        this.pool = pool;
        this.whole = whole;
        this.pairingWait = pairingWait;
    }

    /**
     * @param part runs as the measured part begins, and is closed as it ends
     * @throws IOException where the job failed, or did not do what it was to
     */
    DiscoveryResult run(DiscoveryMode mode, MeasuredPart part)
            throws IOException, InterruptedException {
        try (Run run = new Run(pool)) {
            return switch (mode) {
                case PASS_THROUGH -> passThrough(run, part);
                case DISCOVERY -> discover(run, part);
            };
        }
    }

    private DiscoveryResult passThrough(Run run, MeasuredPart part)
            throws IOException, InterruptedException {
        Measured measured = measure(DiscoveryMode.PASS_THROUGH, run, Duration.ZERO, part);
        WholeRun.requireAllSpans(DiscoveryMode.PASS_THROUGH, run, Outcome.DISCARDED_SPANS);
        return new DiscoveryResult(measured, 0);
    }

    private DiscoveryResult discover(Run run, MeasuredPart part)
            throws IOException, InterruptedException {
        Known known = new Known(new Inventoried(run), part);
        // A settled trace is known for as long again.
        Duration steady = pairingWait.multipliedBy(2).plus(UNDER_WAY);
        Measured measured = measure(DiscoveryMode.DISCOVERY, run, steady, known);
        known.inventoried.requireSeenToTheEnd(known.things);
        return new DiscoveryResult(measured, known.things.size());
    }

    private Measured measure(DiscoveryMode mode, Run run, Duration steady, MeasuredPart part)
            throws IOException, InterruptedException {
        Measured measured =
                whole.take(
                        run,
                        env -> DiscoveryPipeline.define(env, mode, run, pairingWait),
                        steady,
                        () -> true,
                        part);
        WholeRun.requireNoDeadLetters(mode, run);
        return measured;
    }

    /** Sees to it that all is known before the measured part, and nothing else found in it. */
    private static final class Known implements MeasuredPart {
        private final Inventoried inventoried;
        private final MeasuredPart part;
        private Set<Object> things = Set.of();

        Known(Inventoried inventoried, MeasuredPart part) {
            this.inventoried = inventoried;
            this.part = part;
        }

        @Override
        public void begin() throws IOException {
            inventoried.requireWhole();
            things = inventoried.things();
            part.begin();
        }

        @Override
        public void end() throws IOException {
            part.end();
            if (!inventoried.things().equals(things)) {
                throw new IOException("Things were found in the measured part");
            }
        }
    }
}
