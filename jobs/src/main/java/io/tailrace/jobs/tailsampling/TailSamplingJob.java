package io.tailrace.jobs.tailsampling;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.sink.DecisionsSink;
import io.tailrace.jobs.sink.SpansSink;
import io.tailrace.jobs.sink.StreamSinks;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.operators.input.DeadLetter;

import java.util.List;

/** Wires the topology of tail sampling to the source and sinks of a spec. */
public final class TailSamplingJob {

    private TailSamplingJob() {}

    public static void define(StreamExecutionEnvironment env, TailSamplingSpec spec) {
        TailSamplingTopology.Outputs outputs =
                TailSamplingTopology.build(
                        RequestSource.requests(env, spec.source()), spec.tailSampling());
        StreamSinks sinks = new StreamSinks(spec.name(), spec.source().brokersForSinks());
        sinks.writeDeadLetters(
                write(outputs, sinks, spec.sinks().spans(), spec.sinks().decisions()),
                spec.sinks().deadLetters());
    }

    /** Writes all but dead letters; gives these, with those of spans that fit no message. */
    public static DataStream<DeadLetter> write(
            TailSamplingTopology.Outputs outputs,
            StreamSinks sinks,
            List<SpansSink> spans,
            List<DecisionsSink> decisions) {
        DataStream<DeadLetter> deadLetters = outputs.deadLetters();
        for (DataStream<DeadLetter> tooLarge : sinks.writeSpans(outputs.keptSpans(), spans)) {
            deadLetters = deadLetters.union(tooLarge);
        }
        sinks.writeDecisions(outputs.decisions(), decisions);
        return deadLetters;
    }
}
