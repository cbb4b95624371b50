package io.tailrace.jobs.sink;

import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.decision.DecisionsJdbcSettings;
import io.tailrace.sinks.kafka.KafkaSinkSettings;

/** Where decisions go: one of these. */
@OneOf
public record DecisionsSink(
        @Setting(value = "A folder of JSON lines", optional = true) FileSinkSettings file,
        @Setting(value = "A topic of JSON", optional = true) KafkaSinkSettings kafka,
        @Setting(value = "The table apm_sampling_decision of PostgreSQL", optional = true)
                DecisionsJdbcSettings jdbc) {

    /** Where they go as JSON; of neither kind where they go to a table. */
    RecordsSink json() {
        return new RecordsSink(file, kafka);
    }

    /** The schema of its table; null where it has none. */
    public Database database() {
        return jdbc == null ? null : new Database(jdbc.common());
    }
}
