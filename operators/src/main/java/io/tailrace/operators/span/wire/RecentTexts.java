package io.tailrace.operators.span.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Remembers texts seen lately, so that one that comes again is no new object. For one thread. */
public final class RecentTexts {

    private static final int REMEMBERED = 1024;

    private final byte[][] utf8 = new byte[REMEMBERED][];
    private final String[] texts = new String[REMEMBERED];

    /** The text from one place of a builder up to another. */
    public String of(Utf8Builder builder, int from, int to) {
        return of(builder.bytes(), from, to);
    }

    /** The text whose bytes are from one place of an array up to another. */
    public String of(byte[] bytes, int from, int to) {
        int place = (int) Hashes.of(bytes, from, to) & REMEMBERED - 1;
        byte[] known = utf8[place];
        if (known == null || !Arrays.equals(bytes, from, to, known, 0, known.length)) {
            utf8[place] = Arrays.copyOfRange(bytes, from, to);
            texts[place] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        return texts[place];
    }
}
