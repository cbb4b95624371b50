package io.tailrace.sinks.message;

import org.apache.flink.api.common.functions.MapFunction;

import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.sinks.inventory.InventoryFormat;
import io.tailrace.sinks.inventory.ThingId;
import io.tailrace.sinks.metrics.MetricRowFormat;

import java.nio.charset.StandardCharsets;

/** Makes messages of records that are written as JSON. */
public final class RecordsToMessages {

    private RecordsToMessages() {}

    /** Decisions, with the trace id as key. */
    public static MapFunction<DecisionRecord, Message> decisions() {
        DecisionFormat format = new DecisionFormat();
        return record ->
                new Message(
                        record.traceId().hex().getBytes(StandardCharsets.US_ASCII),
                        format.toBytes(record));
    }

    /** Rows of metrics, with the id of the series as key. */
    public static MapFunction<MetricRow, Message> metrics() {
        MetricRowFormat format = new MetricRowFormat();
        return row ->
                new Message(
                        row.series().id().hex().getBytes(StandardCharsets.US_ASCII),
                        format.toBytes(row));
    }

    /** Changes of an inventory, with an id of the thing as key: its changes keep their order. */
    public static MapFunction<InventoryChange, Message> inventory() {
        InventoryFormat format = new InventoryFormat();
        return change ->
                new Message(
                        ThingId.of(change).toString().getBytes(StandardCharsets.US_ASCII),
                        format.toBytes(change));
    }

    /** Dead letters, without a key. */
    public static MapFunction<DeadLetter, Message> deadLetters() {
        DeadLetterFormat format = new DeadLetterFormat();
        return letter -> new Message(null, format.toBytes(letter));
    }
}
