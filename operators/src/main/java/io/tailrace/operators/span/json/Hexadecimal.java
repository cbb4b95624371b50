package io.tailrace.operators.span.json;

import java.util.Arrays;

/** Hexadecimal digits in either case, and in ASCII only. */
final class Hexadecimal {

    private static final byte[] DIGITS = new byte['f' + 1];

    static {
        Arrays.fill(DIGITS, (byte) -1);
        for (int value = 0; value < 16; value++) {
            DIGITS[Character.forDigit(value, 16)] = (byte) value;
            DIGITS[Character.toUpperCase(Character.forDigit(value, 16))] = (byte) value;
        }
    }

    private Hexadecimal() {}

    /**
     * @return 0 to 15, or -1
     */
    static int digit(char c) {
        return c < DIGITS.length ? DIGITS[c] : -1;
    }
}
