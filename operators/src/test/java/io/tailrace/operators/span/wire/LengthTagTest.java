package io.tailrace.operators.span.wire;

import com.google.protobuf.CodedOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class LengthTagTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                127,
                128,
                16_383,
                16_384,
                2_097_151,
                2_097_152,
                268_435_455,
                268_435_456,
                Integer.MAX_VALUE
            })
    void isWrittenAsProtobufDoes(int length) throws IOException {
        int size = LengthTag.size(length);
        byte[] written = new byte[size];
        LengthTag.put(15, length, written, 0);

        byte[] expected = new byte[size];
        CodedOutputStream out = CodedOutputStream.newInstance(expected);
        out.writeTag(15, WireReader.LENGTH);
        out.writeUInt32NoTag(length);
        assertThat(out.spaceLeft()).isZero();
        assertThat(written).isEqualTo(expected);
    }
}
