package io.tailrace.jobs.discovery.heartbeat;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.input.DeadLetters;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.reading.RequestReader;

/**
 * Reads GSE's basic alarms, of which only lost heartbeats count here. A record's hosts are lost as
 * of its timestamp, as things are seen by those of spans: an event's own times are texts of a time
 * zone that not all events name. A host that cannot be told, or a record that is none, becomes a
 * dead letter.
 */
final class HeartbeatReader extends ProcessFunction<SpanRequest, HostLost> {

    private static final long serialVersionUID = 1L;

    private transient HeartbeatFormat format;
    private transient DeadLetters deadLetters;
    private transient Counter records;
    private transient Counter lost;
    private transient Counter others;

    @Override
    public void open(OpenContext context) {
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("tailrace");
        format = new HeartbeatFormat();
        deadLetters = new DeadLetters(group);
        records = group.counter("heartbeat_records_in");
        lost = group.counter("heartbeats_lost");
        others = group.counter("heartbeat_events_of_other_types");
    }

    @Override
    public void processElement(SpanRequest record, Context context, Collector<HostLost> out) {
        DeadLetters.OfRecord letters =
                deadLetters.of(
                        record, letter -> context.output(RequestReader.DEAD_LETTERS, letter));
        if (!record.rejects().isEmpty()) {
            return;
        }
        records.inc();
        try {
            for (JsonNode event : format.events(record.payload())) {
                if (HeartbeatFormat.isLost(event)) {
                    take(event, record, letters, out);
                } else {
                    others.inc();
                }
            }
        } catch (UnreadableException fault) {
            letters.rejectAll(fault);
        }
    }

    private void take(
            JsonNode event,
            SpanRequest record,
            DeadLetters.OfRecord letters,
            Collector<HostLost> out) {
        try {
            for (JsonNode host : HeartbeatFormat.hosts(event)) {
                try {
                    out.collect(HeartbeatFormat.lost(host, record.arrival()));
                    lost.inc();
                } catch (UnreadableException fault) {
                    reject(host, fault, letters);
                }
            }
        } catch (UnreadableException fault) {
            reject(event, fault, letters);
        }
    }

    private static void reject(
            JsonNode part, UnreadableException fault, DeadLetters.OfRecord letters) {
        byte[] bytes = HeartbeatFormat.bytes(part);
        letters.reject(fault.reason(), fault.getMessage(), bytes, 0, bytes.length);
    }
}
