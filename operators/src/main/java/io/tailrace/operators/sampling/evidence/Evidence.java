package io.tailrace.operators.sampling.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;

/**
 * What the policies must know of some spans of one trace. Two pieces of evidence merge into that of
 * both; the order of merging never matters. It grows while spans are folded in, and is never
 * changed once it was handed on.
 */
public final class Evidence {

    /** A root's name or service is kept up to this many characters; records must stay small. */
    static final int MOST_TEXT = 1024;

    private static final Comparator<String> NULL_FIRST =
            Comparator.nullsFirst(Comparator.naturalOrder());

    /** That no span said so. */
    public static final long NONE = -1;

    private long[] bits;
    private int spans;
    private long bytes;
    private boolean timed;
    private long earliestStart;
    private long latestEnd;
    private boolean root;
    private long rootStart;
    private long rootSpanId;
    private String rootService;
    private String rootName;
    private long threshold = NONE;
    private long randomness = NONE;

    /** Of no span. */
    public Evidence(int conditions) {
        bits = new long[(conditions + 63) >>> 6];
    }

    Evidence(
            long[] bits,
            int spans,
            long bytes,
            boolean timed,
            long earliestStart,
            long latestEnd,
            boolean root,
            long rootStart,
            long rootSpanId,
            String rootService,
            String rootName,
            long threshold,
            long randomness) {
        this.bits = bits;
        this.spans = spans;
        this.bytes = bytes;
        this.timed = timed;
        this.earliestStart = earliestStart;
        this.latestEnd = latestEnd;
        this.root = root;
        this.rootStart = rootStart;
        this.rootSpanId = rootSpanId;
        this.rootService = rootService;
        this.rootName = rootName;
        this.threshold = threshold;
        this.randomness = randomness;
    }

    /** Of spans that are not read: only how many there are, and in how many bytes. */
    public static Evidence unread(int spans, long bytes) {
        Evidence evidence = new Evidence(0);
        evidence.spans = spans;
        evidence.bytes = bytes;
        return evidence;
    }

    /** Whether some span, or its resource, met the condition of this number. */
    public boolean has(int bit) {
        return (bits[bit >>> 6] & 1L << bit) != 0;
    }

    void setAll(long[] others) {
        for (int i = 0; i < others.length; i++) {
            bits[i] |= others[i];
        }
    }

    void addSpan(long start, long end) {
        spans++;
        addTimes(start, end);
    }

    private void addTimes(long start, long end) {
        if (!timed) {
            timed = true;
            earliestStart = start;
            latestEnd = end;
            return;
        }
        // Unsigned as on the wire, though only garbage is beyond the year 2262.
        earliestStart = Long.compareUnsigned(start, earliestStart) < 0 ? start : earliestStart;
        latestEnd = Long.compareUnsigned(end, latestEnd) > 0 ? end : latestEnd;
    }

    /**
     * Of several roots the earliest counts, of equally early ones that of the least id, and of one
     * id that of the least name and service.
     */
    void addRoot(long start, long spanId, String service, String name) {
        String cutService = cut(service);
        String cutName = cut(name);
        if (root && compareToRoot(start, spanId, cutService, cutName) >= 0) {
            return;
        }
        root = true;
        rootStart = start;
        rootSpanId = spanId;
        rootService = cutService;
        rootName = cutName;
    }

    private int compareToRoot(long start, long spanId, String service, String name) {
        int byStart = Long.compareUnsigned(start, rootStart);
        if (byStart != 0) {
            return byStart;
        }
        int byId = Long.compareUnsigned(spanId, rootSpanId);
        if (byId != 0) {
            return byId;
        }
        int byName = name.compareTo(rootName);
        return byName != 0 ? byName : NULL_FIRST.compare(service, rootService);
    }

    /** Never through the middle of a character, which no encoding could write. */
    private static String cut(String text) {
        if (text == null || text.length() <= MOST_TEXT) {
            return text;
        }
        boolean inCharacter = Character.isHighSurrogate(text.charAt(MOST_TEXT - 1));
        return text.substring(0, inCharacter ? MOST_TEXT - 1 : MOST_TEXT);
    }

    /** The greatest of each counts; what is absent is {@link #NONE}, which is less than all. */
    void addProbability(long otherThreshold, long otherRandomness) {
        threshold = Math.max(threshold, otherThreshold);
        randomness = Math.max(randomness, otherRandomness);
    }

    /** Sets the size of the encoded spans, which is known only once they are cut out. */
    public void bytes(long encoded) {
        bytes = encoded;
    }

    /** Takes in other evidence made under the same conditions. */
    public void merge(Evidence that) {
        setAll(that.bits);
        spans += that.spans;
        bytes += that.bytes;
        if (that.timed) {
            addTimes(that.earliestStart, that.latestEnd);
        }
        if (that.root) {
            addRoot(that.rootStart, that.rootSpanId, that.rootService, that.rootName);
        }
        addProbability(that.threshold, that.randomness);
    }

    public int spans() {
        return spans;
    }

    /** The size of the spans as OTLP protobuf, with their resources and scopes. */
    public long bytes() {
        return bytes;
    }

    /** The earliest start of a span, in nanoseconds since the epoch, unsigned. */
    public long startUnixNano() {
        return earliestStart;
    }

    /** The latest end of a span, in nanoseconds since the epoch, unsigned. */
    public long endUnixNano() {
        return latestEnd;
    }

    /** From the earliest start to the latest end in whole milliseconds, rounded down; 0 or more. */
    public long durationMillis() {
        return durationMillis(earliestStart, latestEnd);
    }

    /** From {@code start} to {@code end}, both unsigned nanoseconds, likewise. */
    public static long durationMillis(long start, long end) {
        return Long.compareUnsigned(end, start) > 0
                ? Long.divideUnsigned(end - start, 1_000_000)
                : 0;
    }

    public boolean hasRoot() {
        return root;
    }

    /** The service of the root; null where no root was seen or it has none. */
    public String rootService() {
        return rootService;
    }

    /** The name of the root; null where no root was seen. */
    public String rootName() {
        return rootName;
    }

    /** The sampling threshold that spans came with, of 56 bits; {@link #NONE} unless some did. */
    public long threshold() {
        return threshold;
    }

    /** The randomness that spans came with, of 56 bits; {@link #NONE} unless some did. */
    public long randomness() {
        return randomness;
    }

    /** The same, to be changed. */
    public Evidence copy() {
        Evidence copy = new Evidence(bits.length << 6);
        copy.merge(this);
        return copy;
    }

    /** The words themselves: only who folds spans in may set bits. */
    long[] bits() {
        return bits;
    }

    boolean timed() {
        return timed;
    }

    long rootStart() {
        return rootStart;
    }

    long rootSpanId() {
        return rootSpanId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evidence that
                && Arrays.equals(bits, that.bits)
                && spans == that.spans
                && bytes == that.bytes
                && timed == that.timed
                && earliestStart == that.earliestStart
                && latestEnd == that.latestEnd
                && root == that.root
                && rootStart == that.rootStart
                && rootSpanId == that.rootSpanId
                && Objects.equals(rootService, that.rootService)
                && Objects.equals(rootName, that.rootName)
                && threshold == that.threshold
                && randomness == that.randomness;
    }

    @Override
    public int hashCode() {
        return Objects.hash(spans, bytes, earliestStart, latestEnd, Arrays.hashCode(bits));
    }

    @Override
    public String toString() {
        return "Evidence[spans=%d, bytes=%d, duration=%dms, root=%s]"
                .formatted(spans, bytes, durationMillis(), rootName);
    }
}
