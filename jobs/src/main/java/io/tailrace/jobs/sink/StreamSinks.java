package io.tailrace.jobs.sink;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.file.JsonLinesFiles;
import io.tailrace.sinks.kafka.KafkaMessages;
import io.tailrace.sinks.kafka.KafkaSinkSettings;
import io.tailrace.sinks.kafka.SpansKafkaSinkSettings;
import io.tailrace.sinks.message.Message;
import io.tailrace.sinks.message.SpansToBatches;
import io.tailrace.sinks.message.SpansToMessages;

import java.util.ArrayList;
import java.util.List;

/** Writes streams to the sinks of a spec, each operator with its uid. */
public final class StreamSinks {

    /** Records other than spans are small; this is far above them. */
    private static final long MOST_RECORD_BYTES = 900_000;

    private final String job;
    private final String brokers;

    /**
     * @param job the job's name, part of the names of Kafka transactions
     * @param brokers for the sinks that name none
     */
    public StreamSinks(String job, String brokers) {
        this.job = job;
        this.brokers = brokers;
    }

    /** Writes kept spans; gives the dead letters of those that fit no message. */
    public List<DataStream<DeadLetter>> writeSpans(
            DataStream<KeptSpans> spans, List<SpansSink> sinks) {
        List<DataStream<DeadLetter>> tooLarge = new ArrayList<>();
        for (int i = 0; i < sinks.size(); i++) {
            SpansSink sink = sinks.get(i);
            boolean toKafka = sink.kafka() != null;
            SingleOutputStreamOperator<Message> messages =
                    (toKafka
                                    ? kafkaMessages(spans, sink.kafka())
                                    : fileMessages(spans, sink.file()))
                            .name("encode kept spans")
                            .uid(OperatorUids.messages(OperatorUids.KEPT_SPANS, i));
            if (toKafka) {
                long most = sink.kafka().maxMessageBytes().bytes();
                toKafka(messages, sink.kafka().common(), most, OperatorUids.KEPT_SPANS, i);
                tooLarge.add(messages.getSideOutput(SpansToMessages.DEAD_LETTERS));
            } else {
                toFile(messages, sink.file(), OperatorUids.KEPT_SPANS, i);
            }
        }
        return tooLarge;
    }

    private static SingleOutputStreamOperator<Message> kafkaMessages(
            DataStream<KeptSpans> spans, SpansKafkaSinkSettings settings) {
        Encoding encoding = settings.encoding();
        long most = settings.maxMessageBytes().bytes();
        String topic = "topic " + settings.common().topic();
        return switch (settings.messages()) {
            case TRACE ->
                    spans.process(new SpansToMessages(encoding, most, topic)).returns(Message.TYPE);
            case BATCH ->
                    spans.transform(
                            "batch",
                            Message.TYPE,
                            new SpansToBatches(encoding, most, settings.batchWait(), topic));
        };
    }

    private static SingleOutputStreamOperator<Message> fileMessages(
            DataStream<KeptSpans> spans, FileSinkSettings settings) {
        return spans.process(
                        new SpansToMessages(Encoding.OTLP_JSON, Long.MAX_VALUE, settings.path()))
                .returns(Message.TYPE);
    }

    /** Writes records as JSON. */
    public <T> void writeRecords(
            DataStream<T> records,
            MapFunction<T, Message> format,
            List<RecordsSink> sinks,
            String stream) {
        for (int i = 0; i < sinks.size(); i++) {
            SingleOutputStreamOperator<Message> messages =
                    records.map(format)
                            .returns(Message.TYPE)
                            .name("encode " + stream)
                            .uid(OperatorUids.messages(stream, i));
            if (sinks.get(i).kafka() != null) {
                toKafka(messages, sinks.get(i).kafka(), MOST_RECORD_BYTES, stream, i);
            } else {
                toFile(messages, sinks.get(i).file(), stream, i);
            }
        }
    }

    private void toKafka(
            DataStream<Message> messages,
            KafkaSinkSettings settings,
            long most,
            String stream,
            int i) {
        String uid = OperatorUids.sink(stream, i);
        messages.sinkTo(KafkaMessages.sink(settings, brokers, most, job + "-" + uid))
                .name(stream + " to topic " + settings.topic())
                .uid(uid);
    }

    private static void toFile(
            DataStream<Message> messages, FileSinkSettings settings, String stream, int i) {
        messages.sinkTo(JsonLinesFiles.sink(settings, stream))
                .name(stream + " to " + settings.path())
                .uid(OperatorUids.sink(stream, i));
    }
}
