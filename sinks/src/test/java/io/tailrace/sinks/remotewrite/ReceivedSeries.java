package io.tailrace.sinks.remotewrite;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code prometheus.TimeSeries} as its definition reads, apart from what writes it.
 *
 * @param labels in the order in which they came
 * @param histograms at most one here
 */
record ReceivedSeries(
        Map<String, String> labels,
        List<Value> values,
        List<Exemplar> exemplars,
        List<NativeValue> histograms) {

    record Value(double value, long time) {}

    record Exemplar(Map<String, String> labels, double value, long time) {}

    /**
     * @param buckets counts by the index of Prometheus
     */
    record NativeValue(
            long count,
            double sum,
            int schema,
            double zeroThreshold,
            long zeros,
            Map<Integer, Long> buckets,
            long time) {}

    /** Reads one field of a message; gives false where it does not know it. */
    private interface Field {
        boolean read(int number, CodedInputStream in) throws IOException;
    }

    private static void message(CodedInputStream in, Field fields) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            if (!fields.read(number, in)) {
                throw new IOException("Field " + number + " is none of this message");
            }
        }
    }

    private static void nested(CodedInputStream in, Field fields) throws IOException {
        message(in.readBytes().newCodedInput(), fields);
    }

    /** The series of a {@code prometheus.WriteRequest}. */
    static List<ReceivedSeries> ofRequest(byte[] request) throws IOException {
        List<ReceivedSeries> all = new ArrayList<>();
        message(
                CodedInputStream.newInstance(request),
                (number, in) -> number == 1 && all.add(read(in)));
        return all;
    }

    private static ReceivedSeries read(CodedInputStream in) throws IOException {
        ReceivedSeries series =
                new ReceivedSeries(
                        new LinkedHashMap<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        nested(
                in,
                (number, fields) ->
                        switch (number) {
                            case 1 -> readLabel(fields, series.labels);
                            case 2 -> series.values.add(readValue(fields));
                            case 3 -> series.exemplars.add(readExemplar(fields));
                            case 4 -> series.histograms.add(readHistogram(fields));
                            default -> false;
                        });
        return series;
    }

    private static boolean readLabel(CodedInputStream in, Map<String, String> labels)
            throws IOException {
        String[] label = {"", ""};
        nested(
                in,
                (number, fields) -> {
                    if (number != 1 && number != 2) {
                        return false;
                    }
                    label[number - 1] = fields.readStringRequireUtf8();
                    return true;
                });
        if (labels.putIfAbsent(label[0], label[1]) != null) {
            throw new IOException("Label " + label[0] + " is there twice");
        }
        return true;
    }

    private static Value readValue(CodedInputStream in) throws IOException {
        double[] value = {0};
        long[] time = {0};
        nested(
                in,
                (number, fields) -> {
                    switch (number) {
                        case 1 -> value[0] = fields.readDouble();
                        case 2 -> time[0] = fields.readInt64();
                        default -> {
                            return false;
                        }
                    }
                    return true;
                });
        return new Value(value[0], time[0]);
    }

    private static Exemplar readExemplar(CodedInputStream in) throws IOException {
        Map<String, String> labels = new LinkedHashMap<>();
        double[] value = {0};
        long[] time = {0};
        nested(
                in,
                (number, fields) -> {
                    switch (number) {
                        case 1 -> readLabel(fields, labels);
                        case 2 -> value[0] = fields.readDouble();
                        case 3 -> time[0] = fields.readInt64();
                        default -> {
                            return false;
                        }
                    }
                    return true;
                });
        return new Exemplar(labels, value[0], time[0]);
    }

    private static NativeValue readHistogram(CodedInputStream in) throws IOException {
        long[] wholes = new long[16];
        double[] reals = new double[16];
        List<int[]> spans = new ArrayList<>();
        List<Long> deltas = new ArrayList<>();
        nested(
                in,
                (number, fields) -> {
                    switch (number) {
                        case 1, 6 -> wholes[number] = fields.readUInt64();
                        case 3, 5 -> reals[number] = fields.readDouble();
                        case 4 -> wholes[number] = fields.readSInt32();
                        case 11 -> spans.add(readSpan(fields));
                        case 12 -> {
                            CodedInputStream packed = fields.readBytes().newCodedInput();
                            while (!packed.isAtEnd()) {
                                deltas.add(packed.readSInt64());
                            }
                        }
                        case 15 -> wholes[number] = fields.readInt64();
                        default -> {
                            return false;
                        }
                    }
                    return true;
                });
        return new NativeValue(
                wholes[1],
                reals[3],
                (int) wholes[4],
                reals[5],
                wholes[6],
                buckets(spans, deltas),
                wholes[15]);
    }

    private static int[] readSpan(CodedInputStream in) throws IOException {
        int[] span = {0, 0};
        nested(
                in,
                (number, fields) -> {
                    switch (number) {
                        case 1 -> span[0] = fields.readSInt32();
                        case 2 -> span[1] = fields.readUInt32();
                        default -> {
                            return false;
                        }
                    }
                    return true;
                });
        return span;
    }

    private static Map<Integer, Long> buckets(List<int[]> spans, List<Long> deltas) {
        Map<Integer, Long> buckets = new LinkedHashMap<>();
        int index = 0;
        int delta = 0;
        long count = 0;
        for (int[] span : spans) {
            index += span[0];
            for (int i = 0; i < span[1]; i++) {
                count += deltas.get(delta++);
                if (count != 0) {
                    buckets.put(index, count);
                }
                index++;
            }
        }
        return buckets;
    }
}
