package io.tailrace.jobs;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.source.SourceSettings;
import io.tailrace.jobs.source.kafka.KafkaSettings;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the specs of all kinds of jobs of Flink have. */
public interface JobSpec extends Spec {

    /** What is made of the spans. */
    Set<JobPart> parts();

    SourceSettings source();

    /** All that it reads from Kafka. */
    default List<KafkaSettings> kafkaSources() {
        return source().kafka() == null ? List.of() : List.of(source().kafka());
    }

    /** Where results go. */
    JobSinks sinks();

    /** Options of Flink. */
    Map<String, String> flink();

    /** Wires the job to its source and sinks. */
    void define(StreamExecutionEnvironment env);
}
