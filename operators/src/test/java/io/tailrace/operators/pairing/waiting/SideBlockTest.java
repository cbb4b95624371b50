package io.tailrace.operators.pairing.waiting;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class SideBlockTest {

    private static final int SIDES = 500;

    private static SideBlock empty(boolean forState) {
        return forState ? SideBlock.forState() : new SideBlock();
    }

    private static List<Object> told(Side side) {
        byte[] payload = Arrays.copyOfRange(side.bytes(), side.payloadFrom(), side.payloadTo());
        return List.of(
                side.kind(),
                side.traceId(),
                side.callId(),
                side.spanId(),
                side.arrival(),
                Arrays.toString(payload));
    }

    private static List<Object> sides(SideBlock block) throws Exception {
        List<Object> sides = new ArrayList<>();
        block.forEach(new Side(), side -> sides.add(told(side)));
        return sides;
    }

    /** Few payloads and many, of any length, none included, and a span's that are not the same. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatWasAppendedIsThereWhicheverPayloadsAreShared(boolean forState) throws Exception {
        for (int payloads = 1; payloads <= 1024; payloads *= 4) {
            Random random = new Random(payloads);
            SideBlock block = empty(forState);
            SideBlock of = new SideBlock();
            List<Object> appended = new ArrayList<>();
            for (int turn = 0; turn < 2; turn++) {
                block.clear();
                appended.clear();
                for (int i = 0; i < SIDES; i++) {
                    byte[] payload = new byte[random.nextInt(payloads) % 40];
                    Arrays.fill(payload, (byte) random.nextInt(payloads));
                    of.clear();
                    of.append(
                            1 + i % 2,
                            random.nextLong(),
                            i,
                            random.nextLong(),
                            random.nextInt(2),
                            random.nextLong(),
                            payload,
                            0,
                            payload.length);
                    of.forEach(
                            new Side(),
                            side -> {
                                appended.add(told(side));
                                block.append(side);
                            });
                }
            }

            assertThat(sides(block)).isEqualTo(appended).hasSize(SIDES);
            assertThat(sides(block.trimmed())).isEqualTo(appended);
        }
    }

    /** In state mostly all over the block; where it is sent, for the sides of a span. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPayloadTakesRoomOnce(boolean forState) {
        SideBlock block = empty(forState);
        byte[][] payloads = {new byte[100], new byte[101]};
        for (int i = 0; i < SIDES; i++) {
            int span = forState ? i : 2 * i / SIDES;
            byte[] payload = payloads[span % 2];
            block.append(Side.CALLER, 1, 2, i, span, 3, payload, 0, payload.length);
        }

        assertThat(block.length()).isEqualTo(SIDES * Side.HEAD + 201);
    }
}
