package io.tailrace.jobs.source.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.util.List;

/**
 * Takes records as they are; looking into them is for whoever splits them, and cannot fail here.
 */
final class KafkaRequests implements KafkaRecordDeserializationSchema<SpanRequest> {

    private static final long serialVersionUID = 1L;

    private static final byte[] NOTHING = {};

    private final Encoding encoding;
    private final long mostBytes;

    KafkaRequests(Encoding encoding, long mostBytes) {
        this.encoding = encoding;
        this.mostBytes = mostBytes;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SpanRequest> out) {
        Origin origin = new Origin(record.topic(), record.partition(), record.offset());
        byte[] value = record.value();
        if (value == null) {
            out.collect(
                    reject(
                            record,
                            DeadLetter.of(
                                    DeadLetter.Reason.EMPTY_RECORD,
                                    "A record without a value",
                                    origin,
                                    NOTHING)));
        } else if (value.length > mostBytes) {
            out.collect(
                    reject(
                            record,
                            DeadLetter.of(
                                    DeadLetter.Reason.RECORD_TOO_LARGE,
                                    "A record of %d bytes; max_record_bytes is %d"
                                            .formatted(value.length, mostBytes),
                                    origin,
                                    value)));
        } else {
            out.collect(new SpanRequest(origin, record.timestamp(), encoding, value));
        }
    }

    private static SpanRequest reject(ConsumerRecord<byte[], byte[]> record, DeadLetter letter) {
        return new SpanRequest(
                letter.origin(), record.timestamp(), Encoding.OTLP_PROTO, NOTHING, List.of(letter));
    }

    @Override
    public TypeInformation<SpanRequest> getProducedType() {
        return SpanRequest.TYPE;
    }
}
