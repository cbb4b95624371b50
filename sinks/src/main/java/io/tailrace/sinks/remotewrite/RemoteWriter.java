package io.tailrace.sinks.remotewrite;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;

import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.SeriesId;
import io.tailrace.sinks.metrics.MetricNaming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers samples, at most one of a series, and sends them when they are many, at intervals, before
 * each checkpoint and at the end. All on the task's own thread, so that one request is in flight.
 *
 * <p>A server refuses a request as a whole for one sample in it, such as one that it had before a
 * restart and that is older than the next. So what is refused is halved until the others are taken,
 * within bounds.
 */
final class RemoteWriter implements SinkWriter<MetricSample> {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteWriter.class);
    private static final Duration BETWEEN_LOGS = Duration.ofMinutes(1);

    /** Of one request. */
    private static final int MOST_HALVINGS = 64;

    private final RemoteClient client;
    private final TimeSeriesMaker maker;
    private final int mostValues;
    private final Duration flushInterval;
    private final RemoteWriteMetrics metrics;
    private final ProcessingTimeService clock;
    private final Map<SeriesId, EncodedSample> samples = new LinkedHashMap<>();
    private int values;
    private int halvings;
    private long droppedSinceLog;
    private long nextLog = System.nanoTime();

    RemoteWriter(
            RemoteWriteSettings settings,
            MetricNaming naming,
            RemoteWriteMetrics metrics,
            ProcessingTimeService clock)
            throws IOException {
        client = new RemoteClient(settings);
        maker =
                new TimeSeriesMaker(
                        naming,
                        new SeriesLabels(settings.externalLabels()),
                        settings.sendExemplars() ? new FreshExemplars() : null);
        mostValues = settings.maxSamplesPerSend();
        flushInterval = settings.flushInterval();
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Begins to send at intervals. */
    void open() {
        var unused =
                clock.registerTimer(
                        clock.getCurrentProcessingTime() + flushInterval.toMillis(),
                        time -> {
                            flush(false);
                            open();
                        });
    }

    @Override
    public void write(MetricSample sample, Context context)
            throws IOException, InterruptedException {
        EncodedSample encoded = EncodedSample.of(maker.of(sample));
        SeriesId series = sample.series().id();
        boolean full = !samples.isEmpty() && values + encoded.values() > mostValues;
        if (full || samples.containsKey(series)) {
            flush(false);
        }
        samples.put(series, encoded);
        values += encoded.values();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        if (samples.isEmpty()) {
            return;
        }
        long begun = System.nanoTime();
        halvings = 0;
        send(List.copyOf(samples.values()));
        samples.clear();
        values = 0;
        metrics.flushed(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private void send(List<EncodedSample> batch) throws IOException, InterruptedException {
        int count = EncodedSample.values(batch);
        metrics.requested();
        Answer answer = client.send(EncodedSample.request(batch), () -> metrics.retried(count));
        if (answer.isGood()) {
            metrics.sent(count);
        } else if (batch.size() > 1 && answer.mayConcernAPart() && halvings++ < MOST_HALVINGS) {
            send(batch.subList(0, batch.size() / 2));
            send(batch.subList(batch.size() / 2, batch.size()));
        } else {
            drop(count, answer);
        }
    }

    private void drop(int count, Answer answer) {
        metrics.dropped(count, answer.status());
        droppedSinceLog += count;
        long now = System.nanoTime();
        if (now - nextLog >= 0) {
            LOG.warn(
                    "{} refuses samples: {} {}; {} were dropped since this was last said",
                    client.address(),
                    answer.status(),
                    answer.words(),
                    droppedSinceLog);
            droppedSinceLog = 0;
            nextLog = now + BETWEEN_LOGS.toNanos();
        }
    }

    @Override
    public void close() {}
}
