package io.tailrace.jobs.discovery;

import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.sink.InventorySink;
import io.tailrace.jobs.sink.InventorySinks;
import io.tailrace.jobs.sink.RecordsSink;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The sinks of a job that keeps an inventory; at least one of the inventory. */
public record DiscoverySinks(
        @Setting(value = "Where the inventory goes", least = 1) List<InventorySink> inventory,
        @Setting(
                        value =
                                "Where records, spans and rows that cannot be used go; without one they"
                                        + " are counted, and the first of each reason is logged",
                        optional = true)
                List<RecordsSink> deadLetters)
        implements JobSinks, Checked {

    @Override
    public List<Tables> tables() {
        return new InventorySinks(inventory).tables();
    }

    @Override
    public List<Topic> topics() {
        return Stream.concat(
                        new InventorySinks(inventory).topics().stream(),
                        deadLetters.stream()
                                .map(RecordsSink::kafka)
                                .filter(Objects::nonNull)
                                .map(kafka -> new Topic(kafka, 0)))
                .toList();
    }

    @Override
    public void check(Problems problems) {
        new InventorySinks(inventory).check(problems);
    }
}
