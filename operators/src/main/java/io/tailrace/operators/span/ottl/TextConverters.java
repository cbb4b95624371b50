package io.tailrace.operators.span.ottl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static io.tailrace.operators.span.ottl.Converter.named;
import static io.tailrace.operators.span.ottl.Parameter.choice;
import static io.tailrace.operators.span.ottl.Parameter.string;

/** Functions on strings. Lengths and offsets are in bytes of UTF-8, as in Go. */
final class TextConverters {

    static final List<Converter> ALL =
            List.of(
                    named(
                            "Concat",
                            Type.STRING,
                            TextConverters::concat,
                            Parameter.of("values", Type.LIST),
                            string("delimiter")),
                    named(
                            "ConvertCase",
                            Type.STRING,
                            arguments -> convertCase(arguments.text(0), arguments.text(1)),
                            string("target"),
                            choice("toCase", "lower", "upper", "snake", "camel")),
                    named("ToLowerCase", Type.STRING, to("lower"), string("target")),
                    named("ToUpperCase", Type.STRING, to("upper"), string("target")),
                    named("ToSnakeCase", Type.STRING, to("snake"), string("target")),
                    named("ToCamelCase", Type.STRING, to("camel"), string("target")),
                    named(
                            "HasPrefix",
                            Type.BOOL,
                            arguments -> arguments.text(0).startsWith(arguments.text(1)),
                            string("value"),
                            string("prefix")),
                    named(
                            "HasSuffix",
                            Type.BOOL,
                            arguments -> arguments.text(0).endsWith(arguments.text(1)),
                            string("value"),
                            string("suffix")),
                    named(
                            "TrimPrefix",
                            Type.STRING,
                            arguments -> trimPrefix(arguments.text(0), arguments.text(1)),
                            string("value"),
                            string("prefix")),
                    named(
                            "TrimSuffix",
                            Type.STRING,
                            arguments -> trimSuffix(arguments.text(0), arguments.text(1)),
                            string("value"),
                            string("suffix")),
                    named(
                            "Trim",
                            Type.STRING,
                            arguments -> trim(arguments.text(0), arguments.text(1, " ")),
                            string("target"),
                            string("replacement").orNone()),
                    named(
                            "Split",
                            Type.LIST,
                            arguments -> split(arguments.text(0), arguments.text(1)),
                            string("target"),
                            string("delimiter")),
                    named(
                            "Substring",
                            Type.STRING,
                            arguments ->
                                    substring(
                                            arguments.text(0),
                                            arguments.whole(1),
                                            arguments.whole(2),
                                            arguments.has(3) && arguments.truth(3)),
                            string("target"),
                            Parameter.of("start", Type.INT),
                            Parameter.of("length", Type.INT),
                            Parameter.of("utf8_safe", Type.BOOL).orNone()));

    private TextConverters() {}

    private static String concat(Arguments arguments) {
        StringBuilder text = new StringBuilder();
        String delimiter = "";
        for (Object value : arguments.list(0)) {
            text.append(delimiter);
            delimiter = arguments.text(1);
            if (value == null) {
                text.append("<nil>");
            } else if (Type.of(value) != Type.LIST && Type.of(value) != Type.MAP) {
                text.append(Strings.of(value));
            }
        }
        return text.toString();
    }

    private static Converter.Body to(String letters) {
        return arguments -> convertCase(arguments.text(0), letters);
    }

    private static String convertCase(String text, String letters) {
        return switch (letters) {
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "snake" -> LetterCase.snake(text);
            default -> LetterCase.camel(text);
        };
    }

    private static String trimPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String trimSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** Without any of some characters at both ends. */
    private static String trim(String text, String characters) {
        int[] all = text.codePoints().toArray();
        int from = 0;
        int to = all.length;
        while (from < to && characters.indexOf(all[from]) >= 0) {
            from++;
        }
        while (to > from && characters.indexOf(all[to - 1]) >= 0) {
            to--;
        }
        return new String(all, from, to - from);
    }

    /** An empty delimiter stands between all characters. */
    private static List<Object> split(String text, String delimiter) {
        if (delimiter.isEmpty()) {
            return text.codePoints().<Object>mapToObj(Character::toString).toList();
        }
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(delimiter); to >= 0; to = text.indexOf(delimiter, from)) {
            parts.add(text.substring(from, to));
            from = to + delimiter.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String substring(String text, long start, long length, boolean whole) {
        byte[] utf8 = Expression.utf8(text);
        if (start < 0 || length <= 0 || start > utf8.length || length > utf8.length - start) {
            throw new OttlEvaluationException(
                    "Substring needs a part of the string's %d bytes, found %d from %d"
                            .formatted(utf8.length, length, start));
        }
        int from = (int) start;
        int to = (int) (start + length);
        while (whole && from < to && isWithin(utf8, from)) {
            from++;
        }
        while (whole && to > from && isWithin(utf8, to)) {
            to--;
        }
        return new String(utf8, from, to - from, StandardCharsets.UTF_8);
    }

    /** Whether an offset lies within a character. */
    private static boolean isWithin(byte[] utf8, int offset) {
        return offset < utf8.length && (utf8[offset] & 0xc0) == 0x80;
    }
}
