package io.tailrace.jobs.control.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.jobs.control.spec.ReportingSettings;
import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.ServiceClient;
import io.tailrace.jobs.http.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends events and metrics to the push endpoint. That it cannot is logged, and no reason to fail:
 * it would hide what the event was about.
 */
public final class Reporter implements Events {

    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    /** Of one request. */
    public static final int MOST_ITEMS = 500;

    private static final int THREADS = 4;

    private final ServiceClient push;
    private final ServiceClient monitoring;
    private final ReportingSettings settings;
    private final Time time;

    /**
     * @param monitoring where groups of metrics are made; null where none is wanted
     */
    public Reporter(
            ServiceClient push, ServiceClient monitoring, ReportingSettings settings, Time time) {
        this.push = push;
        this.monitoring = monitoring;
        this.settings = settings;
        this.time = time;
    }

    /** A number with what it is about. */
    public record Metric(String name, double value, Map<String, String> dimensions) {}

    /** An event, as {@link Events#raise} takes it. */
    public record Event(String name, String content, Map<String, String> dimensions) {}

    @Override
    public void raise(String name, String content, Map<String, String> dimensions)
            throws InterruptedException {
        raise(List.of(new Event(name, content, dimensions)));
    }

    /** Several at once; gives how many were not taken. */
    public int raise(List<Event> events) throws InterruptedException {
        List<ObjectNode> items = new ArrayList<>();
        for (Event event : events) {
            ObjectNode item = item(event.dimensions()).put("event_name", event.name());
            item.putObject("event").put("content", event.content());
            items.add(item);
        }
        return send(settings.dataId(), settings.accessToken(), items);
    }

    /** Sends metrics to their group, which is made where it is missing; gives how many were not. */
    public int measure(List<Metric> metrics) throws InterruptedException {
        if (monitoring == null || metrics.isEmpty()) {
            return 0;
        }
        List<ObjectNode> items = new ArrayList<>();
        for (Metric metric : metrics) {
            ObjectNode item = item(metric.dimensions());
            item.putObject("metrics").put(metric.name(), metric.value());
            items.add(item);
        }
        try {
            MetricGroups.Group group = new MetricGroups(monitoring, settings.metrics()).get();
            return send(group.dataId(), group.accessToken(), items);
        } catch (CallException failure) {
            LOG.warn("Metrics are not sent: {}", failure.getMessage());
            return items.size();
        }
    }

    private ObjectNode item(Map<String, String> dimensions) {
        ObjectNode item =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("target", settings.target())
                        .put("timestamp", time.now().toEpochMilli());
        ObjectNode all = item.putObject("dimension");
        dimensions.forEach(all::put);
        return item;
    }

    private int send(long dataId, String token, List<ObjectNode> items)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < items.size(); i += MOST_ITEMS) {
                List<ObjectNode> batch = items.subList(i, Math.min(items.size(), i + MOST_ITEMS));
                sent.add(threads.submit(() -> sendBatch(dataId, token, batch)));
            }
            int lost = 0;
            for (Future<Integer> each : sent) {
                lost += each.get();
            }
            return lost;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("Sending tells its failures otherwise", failure);
        } finally {
            threads.shutdownNow();
        }
    }

    private int sendBatch(long dataId, String token, List<ObjectNode> batch)
            throws InterruptedException {
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("data_id", dataId)
                        .put("access_token", token);
        ArrayNode data = body.putArray("data");
        batch.forEach(data::add);
        try {
            // The address is that of the endpoint itself. An event that comes twice does no harm.
            JsonNode ignored = push.send(Call.ask("/", body, "report", "the token's data id"));
            LOG.debug("{} items reported: {}", batch.size(), ignored);
            return 0;
        } catch (CallException failure) {
            LOG.warn("{} items are not reported: {}", batch.size(), failure.getMessage());
            return batch.size();
        }
    }
}
