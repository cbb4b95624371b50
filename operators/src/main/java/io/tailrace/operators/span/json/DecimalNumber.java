package io.tailrace.operators.span.json;

/**
 * A number as JSON writes it, read exactly: {@code 12}, {@code 5.0} and {@code 1e3} are whole,
 * {@code 0.5} is not. Its time is linear in the text's length, whatever the exponent.
 */
public final class DecimalNumber {

    /** As many nines are less than 2 to the power of 64. */
    private static final int SAFE_DIGITS = 19;

    private static final long MOST_EXPONENT = 1L << 40;
    private static final long TENTH_OF_MOST = Long.divideUnsigned(-1L, 10);
    private static final long LAST_DIGIT_OF_MOST = Long.remainderUnsigned(-1L, 10);

    private char[] text;
    private int at;
    private int end;

    private boolean negative;
    private long magnitude;
    private boolean whole;

    /**
     * @return whether this is a number at all; zeros before its first digit are let pass
     */
    public boolean read(char[] chars, int from, int length) {
        text = chars;
        at = from;
        end = from + length;
        negative = accept('-');
        int first = at;
        magnitude = 0;
        whole = true;
        for (int digit = digitAt(at); digit >= 0; digit = digitAt(++at)) {
            magnitude = 10 * magnitude + digit;
        }
        if (at == end && at - first <= SAFE_DIGITS) {
            return at > first;
        }
        return at > first && readInFull(first);
    }

    /** Whether this is a whole number from 0 to 2^bits - 1. */
    public boolean fitsUnsigned(int bits) {
        return whole
                && (!negative || magnitude == 0)
                && (bits == Long.SIZE || magnitude >>> bits == 0);
    }

    /** Whether this is a whole number from -2^(bits - 1) to 2^(bits - 1) - 1. */
    public boolean fitsSigned(int bits) {
        long bound = 1L << (bits - 1);
        return whole
                && (negative
                        ? Long.compareUnsigned(magnitude, bound) <= 0
                        : Long.compareUnsigned(magnitude, bound) < 0);
    }

    /** The number, where it fits. */
    public long value() {
        return negative ? -magnitude : magnitude;
    }

    /** With all that JSON allows, from behind the digits that begin at {@code first}. */
    private boolean readInFull(int first) {
        int wholeDigits = at - first;
        if (accept('.') && !skipDigits()) {
            return false;
        }
        int mantissaEnd = at;
        long exponent = 0;
        if (accept('e') || accept('E')) {
            boolean down = accept('-');
            if (!down) {
                accept('+');
            }
            int exponentFirst = at;
            if (!skipDigits()) {
                return false;
            }
            for (int i = exponentFirst; i < at; i++) {
                exponent = Math.min(MOST_EXPONENT, 10 * exponent + digitAt(i));
            }
            exponent = down ? -exponent : exponent;
        }
        shift(first, mantissaEnd, wholeDigits + exponent);
        return at == end;
    }

    /** Takes the digits before {@code point} as the number; those behind it must be zeros. */
    private void shift(int first, int mantissaEnd, long point) {
        magnitude = 0;
        whole = true;
        long position = 0;
        for (int i = first; i < mantissaEnd; i++) {
            int digit = digitAt(i);
            if (digit < 0) {
                continue;
            }
            if (position < point) {
                append(digit);
            } else {
                whole &= digit == 0;
            }
            position++;
        }
        for (; whole && magnitude != 0 && position < point; position++) {
            append(0);
        }
    }

    private void append(int digit) {
        int comparison = Long.compareUnsigned(magnitude, TENTH_OF_MOST);
        whole &= comparison < 0 || (comparison == 0 && digit <= LAST_DIGIT_OF_MOST);
        magnitude = 10 * magnitude + digit;
    }

    private boolean skipDigits() {
        int before = at;
        while (digitAt(at) >= 0) {
            at++;
        }
        return at > before;
    }

    private boolean accept(char expected) {
        if (at < end && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private int digitAt(int index) {
        if (index < end) {
            int digit = text[index] - '0';
            return digit >= 0 && digit <= 9 ? digit : -1;
        }
        return -1;
    }
}
