package io.tailrace.jobs.source.file;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The records of one file, one after another. */
abstract class RecordStream implements Closeable {

    private final InputStream in;
    private final long mostBytes;
    private byte[] buffer = new byte[64 * 1024];
    private int kept;
    private long size;

    /**
     * One record.
     *
     * @param bytes all of it, or where it is too large, as much as a dead letter holds
     * @param size its whole size
     * @param fault why it cannot be used; null where it can
     */
    record Item(byte[] bytes, long size, DeadLetter.Reason fault, String error) {}

    RecordStream(InputStream in, long mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    static RecordStream open(String file, Encoding encoding, long mostBytes) throws IOException {
        InputStream in = SpanFiles.open(file);
        try {
            return switch (encoding) {
                case OTLP_JSON, BK_JSON -> new LineStream(in, mostBytes);
                case OTLP_PROTO -> new DelimitedStream(in, mostBytes);
            };
        } catch (IOException broken) {
            in.close();
            throw broken;
        }
    }

    /** The next record; null at the file's end. */
    abstract Item next() throws IOException;

    void begin() {
        kept = 0;
        size = 0;
    }

    /** Takes the next bytes of a record; of one that is too large, only its beginning is kept. */
    void add(byte[] block, int from, int length) {
        size += length;
        long room = Math.max(mostBytes, DeadLetter.MOST_PAYLOAD) - kept;
        int taken = (int) Math.min(length, room);
        if (kept + taken > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, kept + taken));
        }
        System.arraycopy(block, from, buffer, kept, taken);
        kept += taken;
    }

    /** The record whose bytes were added. */
    Item finished() {
        if (size > mostBytes) {
            return new Item(
                    Arrays.copyOf(buffer, Math.min(kept, DeadLetter.MOST_PAYLOAD)),
                    size,
                    DeadLetter.Reason.RECORD_TOO_LARGE,
                    "A record of %d bytes; max_record_bytes is %d".formatted(size, mostBytes));
        }
        return new Item(Arrays.copyOf(buffer, kept), size, null, null);
    }

    /** What was added of a record that the file breaks off in; nothing comes after it. */
    Item cutOff(String error) {
        byte[] bytes = Arrays.copyOf(buffer, Math.min(kept, DeadLetter.MOST_PAYLOAD));
        return new Item(bytes, size, DeadLetter.Reason.MALFORMED_PROTOBUF, error);
    }

    /** Passes over records that were read before. */
    void skip(long records) throws IOException {
        for (long i = 0; i < records; i++) {
            if (next() == null) {
                throw new EOFException("The file is shorter than when it was read before");
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
