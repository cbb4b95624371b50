package io.tailrace.operators.span.wire;

import java.util.Arrays;

/** Remembers texts seen lately, so that one that comes again is no new object. For one thread. */
public final class RecentTexts {

    private static final int REMEMBERED = 1024;

    private final byte[][] utf8 = new byte[REMEMBERED][];
    private final String[] texts = new String[REMEMBERED];

    /** The text from one place of a builder up to another. */
    public String of(Utf8Builder builder, int from, int to) {
        int place = (int) builder.hash(from, to) & REMEMBERED - 1;
        if (utf8[place] == null || !builder.holds(utf8[place], from, to)) {
            utf8[place] = Arrays.copyOfRange(builder.bytes(), from, to);
            texts[place] = builder.text(from, to);
        }
        return texts[place];
    }
}
