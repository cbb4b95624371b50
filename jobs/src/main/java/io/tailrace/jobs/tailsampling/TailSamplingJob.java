package io.tailrace.jobs.tailsampling;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.sink.DecisionsSink;
import io.tailrace.jobs.sink.SpansSink;
import io.tailrace.jobs.sink.StreamSinks;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.operators.input.DeadLetter;

import java.util.List;
import java.util.stream.Stream;

/** Wires the topology of tail sampling to the source and sinks of a spec. */
public final class TailSamplingJob {

    private TailSamplingJob() {}

    public static void define(StreamExecutionEnvironment env, TailSamplingSpec spec) {
        TailSamplingTopology.Outputs outputs =
                TailSamplingTopology.build(
                        RequestSource.requests(env, spec.source()), spec.tailSampling());
        StreamSinks sinks = new StreamSinks(spec.name(), spec.source().brokersForSinks());
        sinks.writeDeadLetters(
                outputs.deadLetters(),
                write(outputs, sinks, spec.sinks().spans(), spec.sinks().decisions()),
                spec.sinks().deadLetters());
    }

    /** Writes all but dead letters; gives those of spans that fit no message, and of rows. */
    public static List<DataStream<DeadLetter>> write(
            TailSamplingTopology.Outputs outputs,
            StreamSinks sinks,
            List<SpansSink> spans,
            List<DecisionsSink> decisions) {
        return Stream.concat(
                        sinks.writeSpans(outputs.keptSpans(), spans).stream(),
                        sinks.writeDecisions(outputs.decisions(), decisions).stream())
                .toList();
    }
}
