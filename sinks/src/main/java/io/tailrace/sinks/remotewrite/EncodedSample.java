package io.tailrace.sinks.remotewrite;

import org.xerial.snappy.Snappy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * A sample of a series as Prometheus takes it: several series of its own, one value each.
 *
 * @param values how many
 * @param fields the field {@code timeseries} of a {@code prometheus.WriteRequest}, so many times
 */
record EncodedSample(int values, byte[] fields) {

    private static final int TIME_SERIES = 1;

    static EncodedSample of(List<ProtoMessage> series) {
        ProtoMessage request = new ProtoMessage();
        series.forEach(each -> request.message(TIME_SERIES, each));
        return new EncodedSample(series.size(), request.bytes());
    }

    static int values(List<EncodedSample> samples) {
        return samples.stream().mapToInt(EncodedSample::values).sum();
    }

    /** A whole request, compressed as one block. */
    static byte[] request(List<EncodedSample> samples) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        samples.forEach(each -> all.writeBytes(each.fields));
        return Snappy.compress(all.toByteArray());
    }
}
