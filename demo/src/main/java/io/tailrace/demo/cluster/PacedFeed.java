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
 * as the record's timestamp. It goes on while no job reads, as traffic does.
 */
final class PacedFeed {

    private static final long TICK_MILLIS = 10;

    private final List<PlainRequest> requests;
    private final KafkaTopic topic;
    private final Duration time;
    private final Duration after;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

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
            long begun = System.nanoTime();
            double perNano = requests.size() / (double) time.toNanos();
            int sent = 0;
            while (sent < requests.size()) {
                long due = (long) Math.ceil((System.nanoTime() - begun) * perNano);
                for (; sent < Math.min(due, requests.size()); sent++) {
                    PlainRequest request = requests.get(sent);
                    topic.send(
                            sent % topic.partitions(),
                            request.arrival(),
                            request.otlp().toByteArray());
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

    /** Waits for the end; fails if something could not be sent. */
    void join() throws ExecutionException, InterruptedException {
        end.get();
    }
}
