package io.tailrace.jobs.discovery.heartbeat;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.jobs.source.kafka.KafkaRequestSource;
import io.tailrace.jobs.source.kafka.KafkaSettings;
import io.tailrace.operators.discovery.HostLost;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.reading.RequestReader;

/** Hosts whose agents are heard no more. Event time does not wait for them. */
public final class Heartbeats {

    private Heartbeats() {}

    /** What comes of a topic. */
    public record Outputs(DataStream<HostLost> lost, DataStream<DeadLetter> deadLetters) {}

    /**
     * @param brokers where the settings name none
     * @param bounded whether the source of spans ends; then so does this, at what is there when the
     *     job starts
     */
    public static Outputs of(
            StreamExecutionEnvironment env,
            HeartbeatSettings settings,
            String brokers,
            boolean bounded) {
        KafkaSettings source = settings.kafka().asSource(brokers, bounded);
        SingleOutputStreamOperator<SpanRequest> records =
                env.fromSource(KafkaRequestSource.source(source), idle(), OperatorUids.HEARTBEATS)
                        // They are few.
                        .setParallelism(1)
                        .uid(OperatorUids.HEARTBEATS);
        SingleOutputStreamOperator<HostLost> lost =
                records.process(new HeartbeatReader())
                        .returns(HostLost.TYPE)
                        .setParallelism(1)
                        .name(OperatorUids.LOST_HOSTS)
                        .uid(OperatorUids.LOST_HOSTS);
        return new Outputs(lost, lost.getSideOutput(RequestReader.DEAD_LETTERS));
    }

    private static WatermarkStrategy<SpanRequest> idle() {
        return WatermarkStrategy.forGenerator(context -> new NeverHoldsBack<>());
    }

    /** As the inventory takes them: each of its subtasks all of them, and none is kept. */
    public static BroadcastStream<HostLost> toAll(DataStream<HostLost> lost) {
        return lost.broadcast(new MapStateDescriptor<?, ?>[0]);
    }

    /**
     * None, of a job without such a topic. A source that ends at once would still be in its
     * savepoints, ended, when there is a topic.
     *
     * @param stream any of the job, whose time and end these have
     */
    public static <T> DataStream<HostLost> none(DataStream<T> stream) {
        FlatMapFunction<T, HostLost> nothing = (any, out) -> {};
        return stream.flatMap(nothing)
                .returns(HostLost.TYPE)
                .name(OperatorUids.NO_HEARTBEATS)
                .uid(OperatorUids.NO_HEARTBEATS);
    }
}
