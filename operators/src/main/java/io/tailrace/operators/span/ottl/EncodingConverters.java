package io.tailrace.operators.span.ottl;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import static io.tailrace.operators.span.ottl.Converter.named;
import static io.tailrace.operators.span.ottl.Parameter.any;
import static io.tailrace.operators.span.ottl.Parameter.choice;
import static io.tailrace.operators.span.ottl.Parameter.string;

/** Hashes, encodings and ids. */
final class EncodingConverters {

    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    static final List<Converter> ALL =
            List.of(
                    digest("MD5", "MD5"),
                    digest("SHA1", "SHA-1"),
                    digest("SHA256", "SHA-256"),
                    digest("SHA512", "SHA-512"),
                    named("FNV", Type.INT, each -> fnv(each.text(0)), string("value")),
                    named("Hex", Type.ANY, each -> hexadecimal(each.any(0)), any("value")),
                    named(
                            "Base64Encode",
                            Type.STRING,
                            each -> encode(each.text(0), each.text(1, "base64")),
                            string("value"),
                            choice(
                                            "variant",
                                            "base64",
                                            "base64-raw",
                                            "base64-url",
                                            "base64-raw-url")
                                    .orNone()),
                    named(
                            "Base64Decode",
                            Type.STRING,
                            each -> decoder("base64").apply(Expression.utf8(each.text(0))),
                            string("value")),
                    named(
                            "Decode",
                            Type.STRING,
                            EncodingConverters::decode,
                            Parameter.of("value", Type.STRING, Type.BYTES),
                            Parameter.prepared("encoding", EncodingConverters::decoder)),
                    id("TraceID", 16),
                    id("SpanID", 8));

    private EncodingConverters() {}

    private static Converter digest(String name, String algorithm) {
        return named(
                name,
                Type.STRING,
                each -> {
                    try {
                        byte[] digest =
                                MessageDigest.getInstance(algorithm)
                                        .digest(Expression.utf8(each.text(0)));
                        return HexFormat.of().formatHex(digest);
                    } catch (NoSuchAlgorithmException missing) {
                        throw new IllegalStateException(missing);
                    }
                },
                string("value"));
    }

    /** 64-bit FNV-1a. */
    private static long fnv(String text) {
        long hash = FNV_OFFSET;
        for (byte next : Expression.utf8(text)) {
            hash = (hash ^ next & 0xff) * FNV_PRIME;
        }
        return hash;
    }

    private static String hexadecimal(Object value) {
        return switch (Type.of(value)) {
            case NIL -> null;
            case INT -> Long.toString((Long) value, 16);
            case DOUBLE -> "%016x".formatted(Double.doubleToRawLongBits((Double) value));
            case BOOL -> (Boolean) value ? "01" : "00";
            case STRING -> HexFormat.of().formatHex(Expression.utf8((String) value));
            case BYTES -> HexFormat.of().formatHex((byte[]) value);
            case TIME, DURATION, LIST, MAP, ANY ->
                    throw new OttlEvaluationException(
                            "Hex has no meaning for " + Type.of(value).described());
        };
    }

    private static String encode(String text, String variant) {
        Base64.Encoder encoder =
                variant.endsWith("url") ? Base64.getUrlEncoder() : Base64.getEncoder();
        return (variant.contains("raw") ? encoder.withoutPadding() : encoder)
                .encodeToString(Expression.utf8(text));
    }

    private static Object decode(Arguments arguments) {
        @SuppressWarnings("unchecked") // made by decoder
        Function<byte[], String> decoder = (Function<byte[], String>) arguments.any(1);
        return decoder.apply(
                arguments.any(0) instanceof byte[] bytes
                        ? bytes
                        : Expression.utf8(arguments.text(0)));
    }

    private static Function<byte[], String> decoder(String encoding) {
        if (encoding.startsWith("base64")) {
            Base64.Decoder decoder =
                    switch (encoding) {
                        case "base64", "base64-raw" -> Base64.getDecoder();
                        case "base64-url", "base64-raw-url" -> Base64.getUrlDecoder();
                        default -> throw unknown(encoding);
                    };
            return bytes -> {
                try {
                    return new String(decoder.decode(bytes), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException wrong) {
                    throw new OttlEvaluationException("the value is not " + encoding);
                }
            };
        }
        try {
            Charset charset = Charset.forName(encoding);
            return bytes -> new String(bytes, charset);
        } catch (IllegalArgumentException wrong) {
            throw unknown(encoding);
        }
    }

    private static OttlEvaluationException unknown(String encoding) {
        return new OttlEvaluationException("unknown encoding \"%s\"".formatted(encoding));
    }

    private static Converter id(String name, int length) {
        return named(
                name,
                Type.BYTES,
                each -> {
                    byte[] id =
                            each.any(0) instanceof String text
                                    ? bytes(name, text)
                                    : (byte[]) each.any(0);
                    if (id.length != length) {
                        throw new OttlEvaluationException(
                                "%s needs %d bytes, found %d".formatted(name, length, id.length));
                    }
                    return id;
                },
                Parameter.of("value", Type.STRING, Type.BYTES));
    }

    private static byte[] bytes(String name, String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException wrong) {
            throw new OttlEvaluationException(name + " needs hexadecimal digits");
        }
    }
}
