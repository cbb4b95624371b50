package io.tailrace.jobs.source.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * Records behind their lengths. Two ways are in use: a varint, as protobuf's own {@code
 * writeDelimitedTo} does, and four bytes with the big end first, as the Collector's file exporter
 * does. They can be told apart by the first byte: it is 0 only with the latter, as a varint would
 * mean an empty request there.
 */
final class DelimitedStream extends RecordStream {

    private final InputStream in;
    private final boolean fourBytes;
    private final byte[] block = new byte[64 * 1024];
    private boolean broken;

    DelimitedStream(InputStream in, long mostBytes) throws IOException {
        super(in, mostBytes);
        this.in = in;
        in.mark(1);
        fourBytes = in.read() == 0;
        in.reset();
    }

    @Override
    Item next() throws IOException {
        // Behind a length that is none, nobody can tell where the next record begins.
        int first = broken ? -1 : in.read();
        if (first < 0) {
            return null;
        }
        begin();
        long rest = fourBytes ? fixedLength(first) : varintLength(first);
        if (rest < 0) {
            broken = true;
            return cutOff("The file ends, or is damaged, at a record's length");
        }
        while (rest > 0) {
            int read = in.read(block, 0, (int) Math.min(block.length, rest));
            if (read < 0) {
                return cutOff("The file ends %d bytes before the record does".formatted(rest));
            }
            add(block, 0, read);
            rest -= read;
        }
        return finished();
    }

    /** -1 where the file breaks off. */
    private long fixedLength(int first) throws IOException {
        long length = first;
        for (int i = 1; i < 4; i++) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            length = length << 8 | next;
        }
        return length;
    }

    /** -1 where the file breaks off, or what is there is no length. */
    private long varintLength(int first) throws IOException {
        long length = first & 0x7f;
        int next = first;
        for (int shift = 7; (next & 0x80) != 0; shift += 7) {
            next = in.read();
            if (next < 0 || shift > 28) {
                return -1;
            }
            length |= (long) (next & 0x7f) << shift;
        }
        return length;
    }
}
