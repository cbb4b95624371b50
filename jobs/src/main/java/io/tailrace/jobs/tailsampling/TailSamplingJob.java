package io.tailrace.jobs.tailsampling;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.sink.StreamSinks;
import io.tailrace.jobs.source.RequestSource;
import io.tailrace.operators.input.DeadLetter;

/** Wires the topology of tail sampling to the source and sinks of a spec. */
public final class TailSamplingJob {

    private TailSamplingJob() {}

    public static void define(StreamExecutionEnvironment env, TailSamplingSpec spec) {
        TailSamplingTopology.Outputs outputs =
                TailSamplingTopology.build(
                        RequestSource.requests(env, spec.source()), spec.tailSampling());
        StreamSinks sinks = new StreamSinks(spec.name(), spec.source().brokersForSinks());
        DataStream<DeadLetter> deadLetters = outputs.deadLetters();
        for (DataStream<DeadLetter> tooLarge :
                sinks.writeSpans(outputs.keptSpans(), spec.sinks().spans())) {
            deadLetters = deadLetters.union(tooLarge);
        }
        sinks.writeDecisions(outputs.decisions(), spec.sinks().decisions());
        sinks.writeDeadLetters(deadLetters, spec.sinks().deadLetters());
    }
}
