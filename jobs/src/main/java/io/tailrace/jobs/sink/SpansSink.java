package io.tailrace.jobs.sink;

import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.kafka.SpansKafkaSinkSettings;

/** Where kept spans go: one of these. */
@OneOf
public record SpansSink(
        @Setting(
                        value = "A folder of JSON lines, one OTLP/JSON request of one trace each",
                        optional = true)
                FileSinkSettings file,
        @Setting(value = "A topic", optional = true) SpansKafkaSinkSettings kafka) {}
