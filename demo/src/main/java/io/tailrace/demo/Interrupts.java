package io.tailrace.demo;

import io.tailrace.jobs.cli.ExitCodes;
import io.tailrace.jobs.cli.Signals;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C: the first asks for the end, another one ends all at once, and a third does not even wait
 * until all is closed. Without its terminal a process ends at once, too: nobody reads on.
 */
final class Interrupts implements AutoCloseable {

    private final Signals stops = Signals.onStop(this::interrupt);
    private final Signals hangUps = Signals.onHangUp(this::endAtOnce);
    private final Deque<AutoCloseable> toClose = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private volatile CountDownLatch wanted = new CountDownLatch(1);

    /** Has something closed before all ends at once; what is named last is closed first. */
    void closeAtOnce(AutoCloseable each) {
        toClose.push(each);
    }

    private void interrupt() {
        if (ending.get()) {
            halt();
        } else if (came()) {
            endAtOnce();
        }
        wanted.countDown();
    }

    private void endAtOnce() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        try {
            toClose.forEach(Interrupts::close);
        } finally {
            halt();
        }
    }

    private static void halt() {
        Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
    }

    /** What cannot be closed must not keep the rest from it. */
    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception left) {
            System.err.println("tailrace: " + left.getMessage());
        }
    }

    /** Waits for the first; gives whether it came. */
    boolean await(Duration most) throws InterruptedException {
        return wanted.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean came() {
        return wanted.getCount() == 0;
    }

    /** What came so far is answered; one that comes from now on is another. */
    void forget() {
        wanted = new CountDownLatch(1);
    }

    void await() throws InterruptedException {
        wanted.await();
    }

    @Override
    public void close() {
        stops.close();
        hangUps.close();
    }
}
