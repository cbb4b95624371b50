package io.tailrace.operators.span.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The short way to read an attribute against protobuf's own. */
class UsualAttributeTest {

    private static final String[] PIECES = {"a", "http.request.", "0123456789", "é", "订单", "😀"};

    private final UsualAttribute attribute = new UsualAttribute();

    @Test
    void takesEveryPlainOneThatEncodersWrite() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            KeyValue plain = plain(random);
            byte[] bytes = plain.toByteArray();
            boolean usual = !plain.getKey().isEmpty() && plain.getKeyBytes().size() < 128;

            assertThat(assertAgrees(bytes, random)).as("%s", plain).isEqualTo(usual);
        }
    }

    @Test
    void takesNothingThatProtobufRefusesOrReadsOtherwise() throws Exception {
        Random random = new Random(2);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = plain(random).toByteArray();
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                // Mostly at the front, where tags and lengths are.
                int most = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 8);
                byte change = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(40));
                bytes[random.nextInt(most)] = change;
            }
            if (random.nextInt(10) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
            }
            taken += assertAgrees(bytes, random) ? 1 : 0;
        }
        assertThat(taken).isBetween(10_000, 190_000);
    }

    /** Within other bytes, which must not count. */
    private boolean assertAgrees(byte[] bytes, Random random) throws Exception {
        int from = random.nextInt(20);
        byte[] around = new byte[from + bytes.length + random.nextInt(20)];
        random.nextBytes(around);
        System.arraycopy(bytes, 0, around, from, bytes.length);
        int to = from + bytes.length;
        if (!attribute.read(around, from, to)) {
            return false;
        }
        KeyValue parsed = KeyValue.parseFrom(bytes);
        assertThat(slice(around, UsualAttribute.keyFrom(from), attribute.keyTo()))
                .isEqualTo(parsed.getKeyBytes());
        assertThat(AnyValue.parseFrom(slice(around, attribute.valueFrom(), to)))
                .isEqualTo(parsed.getValue());
        // Some parsers refuse what this one leaves alone.
        new OtlpChecker().check(OtlpMessage.ANY_VALUE, around, attribute.valueFrom(), to);
        return true;
    }

    private static ByteString slice(byte[] bytes, int from, int to)
            throws InvalidProtocolBufferException {
        return ByteString.copyFrom(bytes, from, to - from);
    }

    private static KeyValue plain(Random random) {
        AnyValue.Builder value = AnyValue.newBuilder();
        switch (random.nextInt(5)) {
            case 0 -> value.setIntValue(random.nextLong() >> random.nextInt(64));
            case 1 -> value.setBoolValue(random.nextBoolean());
            case 2 -> value.setDoubleValue(random.nextDouble());
            case 3 -> value.setStringValue(text(random, 300));
            default -> value.setStringValue(text(random, 10));
        }
        return KeyValue.newBuilder().setKey(text(random, 12)).setValue(value).build();
    }

    private static String text(Random random, int mostPieces) {
        int kinds = random.nextInt(3) > 0 ? 3 : PIECES.length;
        StringBuilder text = new StringBuilder();
        for (int pieces = random.nextInt(mostPieces); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(kinds)]);
        }
        return text.toString();
    }
}
