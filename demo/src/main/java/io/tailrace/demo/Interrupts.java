package io.tailrace.demo;

import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Signals;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: the first asks for the end, another one ends all at once. */
final class Interrupts implements AutoCloseable {

    private final Signals signals = Signals.onStop(this::interrupt);
    private volatile CountDownLatch wanted = new CountDownLatch(1);
    private volatile Runnable cleaning = () -> {};

    /** What must be done before all ends at once. */
    void clean(Runnable atOnce) {
        cleaning = atOnce;
    }

    private void interrupt() {
        if (wanted.getCount() == 0) {
            cleaning.run();
            Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
        }
        wanted.countDown();
    }

    /** Waits for the first; gives whether it came. */
    boolean await(Duration most) throws InterruptedException {
        return wanted.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean came() {
        return wanted.getCount() == 0;
    }

    /** Waits for one that comes from now on. */
    void awaitAnother() throws InterruptedException {
        wanted = new CountDownLatch(1);
        wanted.await();
    }

    @Override
    public void close() {
        signals.close();
    }
}
