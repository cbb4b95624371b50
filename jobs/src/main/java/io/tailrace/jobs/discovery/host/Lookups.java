package io.tailrace.jobs.discovery.host;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Asks in threads of its own, as many questions together as have come meanwhile, and remembers the
 * answers. An answer that is known stays, whatever comes later: until another one takes its place,
 * or it was not needed for longest among too many. All methods are for the one thread of the task,
 * where answers come to as well.
 */
final class Lookups<Q, A> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lookups.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(200);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final double JITTER = 0.25;

    private final Inquiry<Q, A> inquiry;
    private final LookupLimits limits;
    private final Consumer<Runnable> turn;
    private final Consumer<Q> answered;
    private final LookupMetrics metrics;
    private final RetryPolicy<Object> retries;
    private final ExecutorService threads;
    private final BlockingQueue<Q> questions = new LinkedBlockingQueue<>();
    private final Map<Q, Remembered<A>> memory = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Q> inFlight = new HashSet<>();
    private final Set<Q> outdated = new HashSet<>();
    private volatile boolean failing;

    /**
     * An answer.
     *
     * @param answer null where there was none
     * @param until when it is to be asked for again, by {@link System#nanoTime}
     */
    private record Remembered<A>(A answer, long until) {}

    /**
     * @param turn has something done by the thread of the task
     * @param answered told, by that thread, of each question that is in flight no longer
     */
    Lookups(
            Inquiry<Q, A> inquiry,
            LookupLimits limits,
            Consumer<Runnable> turn,
            Consumer<Q> answered,
            LookupMetrics metrics) {
        this.inquiry = inquiry;
        this.limits = limits;
        this.turn = turn;
        this.answered = answered;
        this.metrics = metrics;
        metrics.inFlight(inFlight::size);
        retries = policy(limits.retryTime());
        threads = Executors.newFixedThreadPool(limits.threads(), Lookups::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "host-lookups");
        thread.setDaemon(true);
        return thread;
    }

    private static RetryPolicy<Object> policy(Duration retryTime) {
        if (retryTime.compareTo(FIRST_DELAY) <= 0) {
            return RetryPolicy.builder().withMaxRetries(0).build();
        }
        return RetryPolicy.builder()
                .handleIf(
                        failure ->
                                failure instanceof IOException
                                        && !(failure instanceof RefusedException))
                .withMaxRetries(-1)
                .withMaxDuration(retryTime)
                .withBackoff(FIRST_DELAY, LONGEST_DELAY)
                .withJitter(JITTER)
                .build();
    }

    /** The last answer, however old; null where there was none. */
    A known(Q question) {
        if (inquiry.isImmediate()) {
            return immediate(question);
        }
        Remembered<A> remembered = memory.get(question);
        return remembered == null ? null : remembered.answer();
    }

    private A immediate(Q question) {
        try {
            return inquiry.ask(List.of(question)).get(question);
        } catch (IOException | InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Asks, unless the last answer is young enough.
     *
     * @return whether an answer is to come
     */
    boolean ask(Q question) {
        if (inquiry.isImmediate()) {
            count(known(question));
            return false;
        }
        if (inFlight.contains(question)) {
            return true;
        }
        Remembered<A> remembered = memory.get(question);
        if (remembered != null && System.nanoTime() - remembered.until() < 0) {
            metrics.cached();
            return false;
        }
        if (inFlight.size() >= limits.most()) {
            metrics.notAsked();
            return false;
        }
        metrics.lookup();
        inFlight.add(question);
        questions.add(question);
        threads.execute(this::work);
        return true;
    }

    private void count(A answer) {
        metrics.lookup();
        if (answer == null) {
            metrics.unknown();
        } else {
            metrics.found();
        }
    }

    /** Makes what was answered so far, and what was asked so far, count no more. */
    void forget(Q question) {
        memory.remove(question);
        if (inFlight.contains(question)) {
            outdated.add(question);
        }
    }

    boolean isInFlight(Q question) {
        return inFlight.contains(question);
    }

    int inFlight() {
        return inFlight.size();
    }

    /** By a thread that asks. */
    private void work() {
        List<Q> batch = new ArrayList<>();
        questions.drainTo(batch, inquiry.most());
        if (batch.isEmpty()) {
            return;
        }
        Map<Q, A> answers;
        try {
            answers = Failsafe.with(retries).get(() -> inquiry.ask(batch));
            if (failing) {
                failing = false;
                LOG.info("Lookups are answered again");
            }
        } catch (FailsafeException failure) {
            if (failure.getCause() instanceof InterruptedException) {
                return;
            }
            failed(failure.getCause());
            answers = null;
        } catch (RuntimeException failure) {
            failed(failure);
            answers = null;
        }
        Map<Q, A> all = answers;
        try {
            turn.accept(() -> take(batch, all));
        } catch (RejectedExecutionException ended) {
            LOG.debug("The task ended before an answer came", ended);
        }
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.warn("Lookups fail, and hosts go without: {}", failure.toString());
        }
    }

    /**
     * @param answers null where nobody answered
     */
    private void take(List<Q> batch, Map<Q, A> answers) {
        for (Q question : batch) {
            inFlight.remove(question);
            if (!outdated.remove(question)) {
                remember(question, answers);
            }
            answered.accept(question);
        }
    }

    private void remember(Q question, Map<Q, A> answers) {
        A answer = answers == null ? null : answers.get(question);
        Duration ttl = answer == null ? limits.unknownTtl() : limits.ttl();
        if (answer != null) {
            metrics.found();
        } else if (answers == null) {
            metrics.failed();
        } else {
            metrics.unknown();
        }
        Remembered<A> before = memory.get(question);
        memory.put(
                question,
                new Remembered<>(
                        answer == null && before != null ? before.answer() : answer,
                        System.nanoTime() + ttl.toNanos()));
        if (memory.size() > limits.most()) {
            memory.remove(memory.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        inquiry.close();
    }
}
