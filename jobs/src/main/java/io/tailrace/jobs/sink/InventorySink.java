package io.tailrace.jobs.sink;

import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.inventory.InventoryJdbcSettings;
import io.tailrace.sinks.kafka.KafkaSinkSettings;

/** Where an inventory goes: one of these. */
@OneOf
public record InventorySink(
        @Setting(value = "A folder of JSON lines, one change each", optional = true)
                FileSinkSettings file,
        @Setting(value = "A topic of JSON", optional = true) KafkaSinkSettings kafka,
        @Setting(value = "The tables of discovery in PostgreSQL", optional = true)
                InventoryJdbcSettings jdbc) {

    /** Where changes go as JSON; of neither kind where they go to tables. */
    RecordsSink json() {
        return new RecordsSink(file, kafka);
    }

    /** The schema of its tables; null where it has none. */
    public Database database() {
        return jdbc == null ? null : new Database(jdbc.common());
    }
}
