package io.tailrace.operators.span.wire;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Against the JDK's decoder, which refuses what is malformed. */
class Utf8Test {

    private static final String[] PIECES = {
        "a", "0123456789", "é", "\u07ff", "\u0800", "订", "\uffff", "😀"
    };

    @Test
    void agreesOnEverySequenceOfUpToTwoBytesAndThoseThatBeginThreeAndFour() {
        for (int first = 0; first < 256; first++) {
            assertAgrees(new byte[] {(byte) first});
            for (int second = 0; second < 256; second++) {
                byte[] two = {(byte) first, (byte) second};
                assertAgrees(two);
                assertAgrees(new byte[] {two[0], two[1], (byte) 0x80});
                assertAgrees(new byte[] {two[0], two[1], (byte) 0xbf, (byte) 0x80});
                assertAgrees(new byte[] {two[0], two[1], (byte) 0x80, (byte) 0xc0});
            }
        }
    }

    @Test
    void agreesOnTextsWithBytesThatWereChangedOrLost() {
        Random random = new Random(1);
        int valid = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextInt(3) > 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            valid += assertAgrees(bytes) ? 1 : 0;
        }
        assertThat(valid).isBetween(30_000, 90_000);
    }

    /** With other bytes around, which must not count. */
    private static boolean assertAgrees(byte[] bytes) {
        boolean valid = isValid(bytes);
        for (int before : new int[] {2, 20}) {
            byte[] around = new byte[before + bytes.length + 1];
            Arrays.fill(around, (byte) 0x80);
            System.arraycopy(bytes, 0, around, before, bytes.length);
            assertThat(Utf8.isValid(around, before, before + bytes.length))
                    .as(() -> HexFormat.of().formatHex(bytes))
                    .isEqualTo(valid);
        }
        return valid;
    }

    private static boolean isValid(byte[] bytes) {
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
