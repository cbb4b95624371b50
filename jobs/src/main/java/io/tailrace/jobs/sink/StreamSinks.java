package io.tailrace.jobs.sink;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

import io.tailrace.jobs.OperatorUids;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.sinks.file.FileSinkSettings;
import io.tailrace.sinks.file.JsonLinesFiles;
import io.tailrace.sinks.jdbc.JdbcSinkSettings;
import io.tailrace.sinks.jdbc.RecordsToTables;
import io.tailrace.sinks.jdbc.Table;
import io.tailrace.sinks.jdbc.decision.DecisionTable;
import io.tailrace.sinks.kafka.KafkaMessages;
import io.tailrace.sinks.kafka.KafkaSinkSettings;
import io.tailrace.sinks.kafka.SpansKafkaSinkSettings;
import io.tailrace.sinks.message.Message;
import io.tailrace.sinks.message.RecordsToMessages;
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
     * @param job the job's name, in the names of Kafka transactions and in rows
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

    /** Writes decisions as JSON, or as rows; gives the dead letters of rows that were refused. */
    public List<DataStream<DeadLetter>> writeDecisions(
            DataStream<DecisionRecord> decisions, List<DecisionsSink> sinks) {
        List<DataStream<DeadLetter>> refused = new ArrayList<>();
        for (int i = 0; i < sinks.size(); i++) {
            DecisionsSink sink = sinks.get(i);
            if (sink.jdbc() != null) {
                DecisionTable table =
                        new DecisionTable(job, sink.jdbc().rows(), sink.jdbc().retention());
                refused.add(
                        toTables(
                                decisions,
                                sink.jdbc().common(),
                                List.of(table),
                                OperatorUids.DECISIONS,
                                i));
            } else {
                writeJson(
                        decisions,
                        RecordsToMessages.decisions(),
                        sink.json(),
                        OperatorUids.DECISIONS,
                        i);
            }
        }
        return refused;
    }

    /**
     * Writes dead letters as JSON.
     *
     * @param read of what could not be read
     * @param unwritten of what sinks do not take
     */
    public void writeDeadLetters(
            DataStream<DeadLetter> read,
            List<DataStream<DeadLetter>> unwritten,
            List<RecordsSink> sinks) {
        DataStream<DeadLetter> deadLetters = read;
        for (DataStream<DeadLetter> each : unwritten) {
            deadLetters = deadLetters.union(each);
        }
        for (int i = 0; i < sinks.size(); i++) {
            writeJson(
                    deadLetters,
                    RecordsToMessages.deadLetters(),
                    sinks.get(i),
                    OperatorUids.DEAD_LETTERS,
                    i);
        }
    }

    <T> void writeJson(
            DataStream<T> records,
            MapFunction<T, Message> format,
            RecordsSink sink,
            String stream,
            int i) {
        SingleOutputStreamOperator<Message> messages =
                records.map(format)
                        .returns(Message.TYPE)
                        .name("encode " + stream)
                        .uid(OperatorUids.messages(stream, i));
        if (sink.kafka() != null) {
            toKafka(messages, sink.kafka(), MOST_RECORD_BYTES, stream, i);
        } else {
            toFile(messages, sink.file(), stream, i);
        }
    }

    /** Writes records to tables over one connection; gives those of rows that are refused. */
    static <T> DataStream<DeadLetter> toTables(
            DataStream<T> records,
            JdbcSinkSettings settings,
            List<? extends Table<T, ?>> tables,
            String stream,
            int i) {
        return records.transform(
                        stream + " to PostgreSQL",
                        DeadLetter.TYPE,
                        new RecordsToTables<>(settings, tables))
                .uid(OperatorUids.sink(stream, i));
    }

    void toKafka(
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
