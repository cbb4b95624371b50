package io.tailrace.jobs.testing;

import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.source.kafka.KafkaRequestSource;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.settings.ByteSize;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Parts of jobs that a test feeds while they run. */
public final class KafkaRecords {

    private static final String LOOPBACK = "127.0.0.1";

    private KafkaRecords() {}

    /** For a job of few operators in this process, which listens on the loopback interface only. */
    public static StreamExecutionEnvironment environment(Configuration options) {
        options.set(RestOptions.ADDRESS, LOOPBACK);
        options.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        options.set(RestOptions.BIND_PORT, "0");
        options.set(JobManagerOptions.ADDRESS, LOOPBACK);
        options.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        options.set(TaskManagerOptions.HOST, LOOPBACK);
        options.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        return StreamExecutionEnvironment.getExecutionEnvironment(options);
    }

    /** All records of a topic, from the first on, with the time of their arrival. */
    public static DataStream<SpanRequest> requests(
            StreamExecutionEnvironment env, KafkaBroker broker, KafkaTopic topic, boolean bounded) {
        KafkaSettings settings =
                new KafkaSettings(
                        broker.address(),
                        List.of(topic.name()),
                        null,
                        "test",
                        Encoding.OTLP_PROTO,
                        KafkaSettings.StartingOffsets.EARLIEST,
                        bounded
                                ? KafkaSettings.EndingOffsets.LATEST
                                : KafkaSettings.EndingOffsets.NONE,
                        Duration.ZERO,
                        Duration.ofHours(1),
                        new ByteSize(1 << 20),
                        Map.of());
        return env.fromSource(
                        KafkaRequestSource.source(settings),
                        KafkaRequestSource.arrivals(settings),
                        "records")
                .setParallelism(1)
                .uid("records");
    }

    /** Their values. */
    public static DataStream<byte[]> of(
            StreamExecutionEnvironment env, KafkaBroker broker, KafkaTopic topic) {
        return requests(env, broker, topic, false)
                .map(SpanRequest::payload)
                .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .uid("values");
    }
}
