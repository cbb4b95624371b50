package io.tailrace.operators.span.wire;

import com.google.protobuf.CodedInputStream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where the spans of a request are, found with protobuf's own reader. */
record SpanRange(int from, int to) {

    static List<SpanRange> of(byte[] request) throws IOException {
        List<SpanRange> ranges = new ArrayList<>();
        find(CodedInputStream.newInstance(request), 0, ranges);
        return ranges;
    }

    private static void find(CodedInputStream in, int depth, List<SpanRange> ranges)
            throws IOException {
        int nested = (depth == 0 ? 1 : 2) << 3 | 2;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag != nested) {
                in.skipField(tag);
                continue;
            }
            int length = in.readRawVarint32();
            int from = in.getTotalBytesRead();
            if (depth == 2) {
                ranges.add(new SpanRange(from, from + length));
                in.skipRawBytes(length);
            } else {
                int outer = in.pushLimit(length);
                find(in, depth + 1, ranges);
                in.popLimit(outer);
            }
        }
    }
}
