package io.tailrace.jobs.preview;

import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.jobs.source.kafka.KafkaRange;
import io.tailrace.jobs.source.kafka.KafkaRequestSource;
import io.tailrace.operators.input.SpanRequest;

/**
 * Requests with an end, the same however often they are read.
 *
 * @param source that ends, or is Kafka
 * @param range what is read of Kafka; null where the source is another
 */
public record PreviewInput(SourceSettings source, KafkaRange range) {

    SingleOutputStreamOperator<SpanRequest> requests(StreamExecutionEnvironment env) {
        if (range == null) {
            return RequestSource.requests(env, source);
        }
        return env.fromSource(
                        KafkaRequestSource.ofRange(source.kafka(), range),
                        KafkaRequestSource.arrivalsOfRange(source.kafka()),
                        OperatorUids.REQUESTS)
                .uid(OperatorUids.REQUESTS);
    }
}
