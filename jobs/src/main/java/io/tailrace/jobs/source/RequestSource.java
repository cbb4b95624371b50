package io.tailrace.jobs.source;

import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.jobs.source.file.SpanFileSource;
import io.tailrace.jobs.source.generator.GeneratorSource;
import io.tailrace.jobs.source.kafka.KafkaRequestSource;
import io.tailrace.jobs.source.time.SteadyArrivals;
import io.tailrace.operators.input.SpanRequest;

/** The stream of requests from whatever source a spec names. */
public final class RequestSource {

    private RequestSource() {}

    public static SingleOutputStreamOperator<SpanRequest> requests(
            StreamExecutionEnvironment env, SourceSettings settings) {
        DataStreamSource<SpanRequest> requests = source(env, settings);
        if (settings.file() != null) {
            // The order of the records is the time of a file, so one reads them all.
            requests.setParallelism(1);
        }
        return requests.uid(OperatorUids.REQUESTS);
    }

    private static DataStreamSource<SpanRequest> source(
            StreamExecutionEnvironment env, SourceSettings settings) {
        if (settings.kafka() != null) {
            return env.fromSource(
                    KafkaRequestSource.source(settings.kafka()),
                    KafkaRequestSource.arrivals(settings.kafka()),
                    OperatorUids.REQUESTS);
        }
        if (settings.file() != null) {
            return env.fromSource(
                    new SpanFileSource(settings.file()),
                    SteadyArrivals.strategy(),
                    OperatorUids.REQUESTS);
        }
        return env.fromSource(
                new GeneratorSource(settings.generator()),
                SteadyArrivals.strategy(),
                OperatorUids.REQUESTS);
    }
}
