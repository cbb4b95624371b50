package io.tailrace.sinks.kafka;

import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Unwrapped;

import java.io.Serializable;
import java.time.Duration;

/** A sink {@code kafka} for kept spans: {@link KafkaSinkSettings} and how spans are encoded. */
public record SpansKafkaSinkSettings(
        @Unwrapped KafkaSinkSettings common,
        @Setting(value = "How spans are encoded", defaultsTo = "otlp_proto") Encoding encoding,
        @Setting(
                        value =
                                "What is in a message: one trace, or what there is of it, with its id as"
                                        + " key; or a batch of traces, without a key",
                        defaultsTo = "trace")
                Contents messages,
        @Setting(
                        value =
                                "With messages: batch, how long in event time a trace waits for"
                                        + " others; a full batch, a checkpoint and the end of input"
                                        + " do not wait",
                        defaultsTo = "1s",
                        least = 0)
                Duration batchWait,
        @Setting(
                        value = "A trace that is larger goes as several messages",
                        defaultsTo = "900KB",
                        least = 1000,
                        most = 1 << 30)
                ByteSize maxMessageBytes)
        implements Serializable {

    /** What is in a message. */
    public enum Contents {
        TRACE,
        BATCH
    }
}
