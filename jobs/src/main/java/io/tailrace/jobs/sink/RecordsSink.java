package io.tailrace.jobs.sink;

import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.kafka.KafkaSinkSettings;

/** Where records go: one of these. */
@OneOf
public record RecordsSink(
        @Setting(value = "A folder of JSON lines", optional = true) FileSinkSettings file,
        @Setting(value = "A topic of JSON", optional = true) KafkaSinkSettings kafka) {}
