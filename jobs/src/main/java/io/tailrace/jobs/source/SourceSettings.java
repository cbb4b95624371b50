package io.tailrace.jobs.source;

import io.tailrace.jobs.source.file.FileSettings;
import io.tailrace.jobs.source.generator.GeneratorSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.operators.settings.OneOf;
import io.tailrace.operators.settings.Setting;

/** Where spans come from: one of these. */
@OneOf
public record SourceSettings(
        @Setting(value = "Spans from Kafka", optional = true) KafkaSettings kafka,
        @Setting(value = "Spans from files", optional = true) FileSettings file,
        @Setting(value = "Spans of a simulated shop", optional = true)
                GeneratorSettings generator) {

    /** Whether it ends by itself. */
    public boolean bounded() {
        return kafka != null ? kafka.bounded() : file != null || generator.bounded();
    }

    /** The brokers of sinks that name none. */
    public String brokersForSinks() {
        return kafka == null ? KafkaSettings.DEFAULT_BROKERS : kafka.bootstrapServers();
    }
}
