package io.tailrace.demo.cluster;

import io.tailrace.broker.KafkaTopic;
import io.tailrace.plain.PlainRequest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to a topic at an even pace, to one partition after another, each with its arrival
 * as the record's timestamp. From the half on it only crawls until it may go on, as traffic never
 * falls silent: after silence a job takes the wall clock's word for the time.
 */
final class PacedFeed {

    private static final long TICK_MILLIS = 10;
    private static final double CRAWL_PER_NANO = 10e-9;

    private final List<PlainRequest> requests;
    private final KafkaTopic topic;
    private final Duration time;
    private final Duration after;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean beyondHalf;

    /**
     * @param time that all of it takes
     * @param after how much later the empty requests are that end it, so that nothing stays open
     */
    PacedFeed(List<PlainRequest> requests, KafkaTopic topic, Duration time, Duration after) {
        this.requests = requests;
        this.topic = topic;
        this.time = time;
        this.after = after;
    }

    void start() {
        Thread thread = new Thread(this::sendAll, "feed");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendAll() {
        try {
            double perNano = requests.size() / (double) time.toNanos();
            int sent = 0;
            double credit = 0;
            long before = System.nanoTime();
            while (sent < requests.size()) {
                boolean crawls = sent >= requests.size() / 2 && !beyondHalf;
                long now = System.nanoTime();
                credit += (now - before) * (crawls ? CRAWL_PER_NANO : perNano);
                before = now;
                for (; credit >= 1 && sent < requests.size(); credit--) {
                    PlainRequest request = requests.get(sent);
                    topic.send(
                            sent % topic.partitions(),
                            request.arrival(),
                            request.otlp().toByteArray());
                    sent++;
                }
                TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            }
            long last = requests.get(requests.size() - 1).arrival() + after.toMillis();
            for (int partition = 0; partition < topic.partitions(); partition++) {
                topic.send(partition, last, new byte[0]);
            }
            topic.flush();
            end.complete(null);
        } catch (InterruptedException | ExecutionException | RuntimeException failure) {
            end.completeExceptionally(failure);
        }
    }

    /** Sends the other half at the usual pace too. */
    void goOn() {
        beyondHalf = true;
    }

    /** Waits for the end; fails if something could not be sent. */
    void join() throws ExecutionException, InterruptedException {
        end.get();
    }
}
