package io.tailrace.operators.span.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts in UTF-8, written one behind the other into one array that grows. */
public final class Utf8Builder {

    /** Beyond it a double is not exact in its whole part, nor read as a whole number by anyone. */
    private static final double MOST_WHOLE = 1L << 53;

    private static final int MOST_DIGITS = 20;

    private byte[] bytes = new byte[256];
    private int length;

    public void clear() {
        length = 0;
    }

    public int length() {
        return length;
    }

    /** What was written, in its first {@link #length} bytes. Nobody may keep or change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Takes back what was written from a place on. */
    public void truncate(int to) {
        length = to;
    }

    /**
     * Takes back what makes the text from a place on longer than so many bytes, whole characters
     * only.
     *
     * @return whether there was any
     */
    public boolean cut(int from, int most) {
        if (length - from <= most) {
            return false;
        }
        length = from + most;
        while (length > from && (bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        return true;
    }

    public void append(byte[] text) {
        append(text, 0, text.length);
    }

    public void append(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /** Any byte, such as one that separates texts. */
    public void appendByte(byte one) {
        room(1);
        bytes[length++] = one;
    }

    public void appendDecimal(long number) {
        if (number == Long.MIN_VALUE) {
            append(Long.toString(number).getBytes(StandardCharsets.UTF_8));
            return;
        }
        room(MOST_DIGITS);
        if (number < 0) {
            bytes[length++] = '-';
        }
        long rest = Math.abs(number);
        int digits = 1;
        for (long above = rest / 10; above > 0; above /= 10) {
            digits++;
        }
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** Whole numbers without a fraction; others, which make an object, as Java writes them. */
    public void appendDecimal(double number) {
        if (number == Math.rint(number) && Math.abs(number) <= MOST_WHOLE) {
            appendDecimal((long) number);
        } else {
            append(Double.toString(number).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** A hash of the bytes from one place up to another. */
    public long hash(int from, int to) {
        return Hashes.of(bytes, from, to);
    }

    /** Whether these bytes stand from one place up to another. */
    public boolean holds(byte[] text, int from, int to) {
        return Arrays.equals(bytes, from, to, text, 0, text.length);
    }

    /** The text from one place up to another. */
    public String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
