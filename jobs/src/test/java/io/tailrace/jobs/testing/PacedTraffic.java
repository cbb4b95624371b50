package io.tailrace.jobs.testing;

import io.tailrace.broker.KafkaTopic;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends traffic to a topic at an even rate, while a job reads it. */
public final class PacedTraffic implements AutoCloseable {

    private static final long TICK_MILLIS = 10;

    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
    private final Traffic traffic;
    private final KafkaTopic topic;
    private final double perTick;

    private volatile boolean hurried;
    private final AtomicInteger sent = new AtomicInteger();
    private double credit;

    /**
     * @param time how long it takes to send all of it
     */
    public PacedTraffic(Traffic traffic, KafkaTopic topic, Duration time) {
        this.traffic = traffic;
        this.topic = topic;
        this.perTick = traffic.size() * (double) TICK_MILLIS / time.toMillis();
        var unused = sender.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends the rest as fast as it can. */
    public void hurry() {
        hurried = true;
    }

    private void tick() {
        for (credit += perTick; (credit >= 1 || hurried) && !isSent(); credit--) {
            traffic.send(sent.getAndIncrement(), topic);
        }
    }

    public boolean isSent() {
        return sent.get() == traffic.size();
    }

    /**
     * Sends an empty request to each partition, of a time that is after all deadlines and memories.
     */
    public void end(Duration wait, Duration ttl) throws ExecutionException, InterruptedException {
        long after = traffic.lastArrival() + wait.plus(ttl).plusSeconds(10).toMillis();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            topic.send(partition, after, new byte[0]);
        }
        topic.flush();
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
