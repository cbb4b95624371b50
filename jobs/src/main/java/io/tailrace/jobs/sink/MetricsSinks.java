package io.tailrace.jobs.sink;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.sinks.jdbc.metrics.EdgeTable;
import io.tailrace.sinks.jdbc.metrics.MetricsJdbcSettings;
import io.tailrace.sinks.jdbc.metrics.RedTable;
import io.tailrace.sinks.message.Message;
import io.tailrace.sinks.message.RecordsToMessages;
import io.tailrace.sinks.metrics.MetricNaming;
import io.tailrace.sinks.metrics.MetricsKafkaSinkSettings;
import io.tailrace.sinks.metrics.otlp.SamplesToMessages;
import io.tailrace.sinks.remotewrite.RemoteWriteSettings;
import io.tailrace.sinks.remotewrite.RemoteWriteSink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes metrics to the sinks of a spec. */
public final class MetricsSinks {

    private final StreamSinks sinks;
    private final MetricNaming naming;

    public MetricsSinks(StreamSinks sinks, MetricNaming naming) {
        this.sinks = sinks;
        this.naming = naming;
    }

    /**
     * Gives the dead letters of rows that were refused.
     *
     * @param samples of each temporality that a sink needs
     */
    public List<DataStream<DeadLetter>> write(
            DataStream<MetricRow> rows,
            Map<Temporality, DataStream<MetricSample>> samples,
            List<MetricsSink> specs) {
        List<DataStream<DeadLetter>> refused = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            MetricsSink sink = specs.get(i);
            if (sink.jdbc() != null) {
                refused.addAll(toTables(rows, sink.jdbc(), i));
            } else if (sink.prometheusRemoteWrite() != null) {
                toReceiver(samples.get(sink.samples()), sink.prometheusRemoteWrite(), i);
            } else if (sink.samples() != null) {
                toTopic(samples.get(sink.samples()), sink.kafka(), i);
            } else {
                sinks.writeJson(
                        rows, RecordsToMessages.metrics(), sink.json(), OperatorUids.METRICS, i);
            }
        }
        return refused;
    }

    private static List<DataStream<DeadLetter>> toTables(
            DataStream<MetricRow> rows, MetricsJdbcSettings settings, int i) {
        return List.of(
                StreamSinks.toTables(
                        rows,
                        settings.common(),
                        List.of(new RedTable(settings.retention())),
                        OperatorUids.METRICS,
                        i),
                StreamSinks.toTables(
                        rows,
                        settings.common(),
                        List.of(new EdgeTable(settings.retention())),
                        OperatorUids.EDGES,
                        i));
    }

    private void toTopic(
            DataStream<MetricSample> samples, MetricsKafkaSinkSettings settings, int i) {
        long most = settings.maxMessageBytes().bytes();
        SingleOutputStreamOperator<Message> messages =
                samples.transform(
                                "encode metrics",
                                Message.TYPE,
                                new SamplesToMessages(naming, settings.temporality(), most))
                        .uid(OperatorUids.messages(OperatorUids.METRICS, i));
        sinks.toKafka(messages, settings.common(), most, OperatorUids.METRICS, i);
    }

    private void toReceiver(DataStream<MetricSample> samples, RemoteWriteSettings settings, int i) {
        samples.sinkTo(new RemoteWriteSink(settings, naming))
                .name("metrics to Prometheus' remote write")
                .uid(OperatorUids.sink(OperatorUids.METRICS, i));
    }
}
