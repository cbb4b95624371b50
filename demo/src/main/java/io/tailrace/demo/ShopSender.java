package io.tailrace.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.source.generator.GeneratorSettings;
import io.tailrace.jobs.source.generator.ShopTraffic;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends a simulated shop's requests to a topic, each at the time of its arrival. */
final class ShopSender {

    private final GeneratorSettings settings;
    private final long requests;
    private final KafkaTopic topic;
    private final FailedTraces failed;
    private final AtomicLong sent = new AtomicLong();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile long start;

    /**
     * @param requests after which it ends
     * @param failed sees all that it sends
     */
    ShopSender(GeneratorSettings settings, long requests, KafkaTopic topic, FailedTraces failed) {
        this.settings = settings;
        this.requests = requests;
        this.topic = topic;
        this.failed = failed;
    }

    void start() {
        start = System.currentTimeMillis();
        Thread thread = new Thread(this::sendAll, "demo-shop");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendAll() {
        try {
            ShopTraffic traffic = new ShopTraffic(settings);
            for (long number = 0; number < requests; number++) {
                long arrival = start + settings.arrivalAfterStart(number);
                long wait = arrival - System.currentTimeMillis();
                if (stopped.await(Math.max(0, wait), TimeUnit.MILLISECONDS)) {
                    break;
                }
                byte[] request = traffic.request(number, start);
                if (request.length > 0) {
                    failed.see(Duration.ofMillis(arrival - start), request);
                    topic.send((int) (number % topic.partitions()), arrival, request);
                    sent.incrementAndGet();
                }
            }
            topic.flush();
            end.complete(null);
        } catch (InterruptedException
                | ExecutionException
                | InvalidProtocolBufferException
                | RuntimeException failure) {
            end.completeExceptionally(failure);
        }
    }

    /** Milliseconds since the epoch. */
    long startMillis() {
        return start;
    }

    /** Requests so far. */
    long sent() {
        return sent.get();
    }

    /** Ends it soon. */
    void stop() {
        stopped.countDown();
    }

    boolean isDone() {
        return end.isDone();
    }

    /** Fails if something could not be sent. */
    void join() throws ExecutionException, InterruptedException {
        end.get();
    }
}
