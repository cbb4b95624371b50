package io.tailrace.jobs.sink;

import org.apache.flink.streaming.api.datastream.DataStream;

import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.OperatorUids;
import io.tailrace.operators.discovery.InventoryChange;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.settings.Checked;
import io.tailrace.sinks.jdbc.inventory.InventoryTable;
import io.tailrace.sinks.jdbc.schema.Usage;
import io.tailrace.sinks.message.RecordsToMessages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The sinks of an inventory.
 *
 * @param specs in the order of the spec
 */
public record InventorySinks(List<InventorySink> specs) {

    /**
     * Writes changes; gives the dead letters of rows that can never be written.
     *
     * @param changes those of one thing in the order in which they were made
     */
    public List<DataStream<DeadLetter>> write(
            DataStream<InventoryChange> changes, StreamSinks sinks) {
        List<DataStream<DeadLetter>> refused = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            InventorySink sink = specs.get(i);
            if (sink.jdbc() != null) {
                refused.add(
                        StreamSinks.toTables(
                                changes,
                                sink.jdbc().common(),
                                InventoryTable.all(sink.jdbc().sweep()),
                                OperatorUids.INVENTORY,
                                i));
            } else {
                sinks.writeJson(
                        changes,
                        RecordsToMessages.inventory(),
                        sink.json(),
                        OperatorUids.INVENTORY,
                        i);
            }
        }
        return refused;
    }

    public List<JobSinks.Tables> tables() {
        Map<String, Usage> uses =
                InventoryTable.names().stream()
                        .collect(
                                Collectors.toMap(Function.identity(), name -> Usage.CHANGING_ROWS));
        return specs.stream()
                .map(InventorySink::database)
                .filter(Objects::nonNull)
                .map(database -> new JobSinks.Tables(database, uses))
                .toList();
    }

    public List<JobSinks.Topic> topics() {
        return specs.stream()
                .map(InventorySink::kafka)
                .filter(Objects::nonNull)
                .map(kafka -> new JobSinks.Topic(kafka, 0))
                .toList();
    }

    /** That no two write the same rows: what one could not write, the other would take away. */
    public void check(Checked.Problems problems) {
        new DistinctPlaces("inventory", problems)
                .check(specs.stream().map(InventorySink::database).toList());
    }
}
