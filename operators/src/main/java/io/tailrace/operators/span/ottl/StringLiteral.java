package io.tailrace.operators.span.ottl;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A string in double quotes, with the escapes of Go's strings, as OTTL has them. Escapes may spell
 * single bytes, so it is put together in UTF-8.
 *
 * @param end the index behind the closing quote
 */
record StringLiteral(String value, int end) {

    private static final String NAMES = "abfnrtv\\\"";
    private static final String CHARACTERS = "\u0007\b\f\n\r\t\u000b\\\"";

    /** Reads the string whose opening quote is at an index. */
    static StringLiteral read(String text, int quote) throws OttlException {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        int at = quote + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at = escape(text, at, utf8);
            } else {
                int character = text.codePointAt(at);
                write(character, utf8, text, at);
                at += Character.charCount(character);
            }
        }
        if (at >= text.length()) {
            throw new OttlException(Lexer.column(text, quote), "a string without its closing '\"'");
        }
        try {
            return new StringLiteral(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(utf8.toByteArray()))
                            .toString(),
                    at + 1);
        } catch (CharacterCodingException wrong) {
            throw new OttlException(Lexer.column(text, quote), "a string that is not UTF-8");
        }
    }

    private static int escape(String text, int at, ByteArrayOutputStream utf8)
            throws OttlException {
        char name = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        int simple = NAMES.indexOf(name);
        if (simple >= 0) {
            utf8.write(CHARACTERS.charAt(simple));
            return at + 2;
        }
        switch (name) {
            case 'x' -> utf8.write(number(text, at, 2, 2, 16));
            case 'u' -> write(number(text, at, 2, 4, 16), utf8, text, at);
            case 'U' -> write(number(text, at, 2, 8, 16), utf8, text, at);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int octal = number(text, at, 1, 3, 8);
                if (octal > 0xff) {
                    throw new OttlException(
                            Lexer.column(text, at), "an octal escape is no more than \\377");
                }
                utf8.write(octal);
                return at + 4;
            }
            default ->
                    throw new OttlException(
                            Lexer.column(text, at),
                            "no escape of a string; a backslash itself is written \\\\");
        }
        return at + (name == 'x' ? 4 : name == 'u' ? 6 : 10);
    }

    /** The number in so many digits, which begin so far behind the backslash. */
    private static int number(String text, int at, int offset, int digits, int base)
            throws OttlException {
        int end = at + offset + digits;
        long value = 0;
        for (int i = at + offset; i < end; i++) {
            int digit = i < text.length() ? digit(text.charAt(i), base) : -1;
            if (digit < 0) {
                throw new OttlException(
                        Lexer.column(text, at),
                        "this escape has %d digits of base %d".formatted(digits, base));
            }
            value = value * base + digit;
        }
        return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private static int digit(char character, int base) {
        return character < 0x80 ? Character.digit(character, base) : -1;
    }

    private static void write(int character, ByteArrayOutputStream utf8, String text, int at)
            throws OttlException {
        if (!Character.isValidCodePoint(character)
                || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
            throw new OttlException(Lexer.column(text, at), "no character of Unicode");
        }
        utf8.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
    }
}
