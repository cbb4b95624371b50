package io.tailrace.jobs.source.file;

import java.io.IOException;
import java.io.InputStream;

/** A record a line. Empty lines are records too, which keeps line numbers those of an editor. */
final class LineStream extends RecordStream {

    private final InputStream in;
    private final byte[] block = new byte[64 * 1024];
    private int at;
    private int end;

    LineStream(InputStream in, long mostBytes) throws IOException {
        super(in, mostBytes);
        this.in = in;
        passOverByteOrderMark();
    }

    /** Some editors begin a file in UTF-8 with one; JSON does not know it. */
    private void passOverByteOrderMark() throws IOException {
        in.mark(3);
        if (in.read() != 0xef || in.read() != 0xbb || in.read() != 0xbf) {
            in.reset();
        }
    }

    @Override
    Item next() throws IOException {
        if (at == end && !fill()) {
            return null;
        }
        begin();
        do {
            int from = at;
            while (at < end && block[at] != '\n') {
                at++;
            }
            add(block, from, at - from);
            if (at < end) {
                at++;
                return finished();
            }
        } while (fill());
        return finished();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(block, 0, block.length));
        return end > 0;
    }
}
