package io.tailrace.operators.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "12B, 12",
        "900KB, 900000",
        "1KiB, 1024",
        "16MiB, 16777216",
        "1GB, 1000000000",
        "1.5GiB, 1610612736",
        "2TiB, 2199023255552",
        "1TB, 1000000000000"
    })
    void readsUnitsOfAThousandAndOf1024(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "16 MiB", "16mb", "MiB", "-1", "1_000", "010", "0.3B", "9999999TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text));
    }

    @Test
    void readsWhatItWrites() {
        Random random = new Random(3);
        for (int i = 0; i < 1000; i++) {
            ByteSize size = new ByteSize(random.nextLong() >>> random.nextInt(1, 63));
            assertThat(ByteSize.parse(size.toString())).as("seed 3, case %d", i).isEqualTo(size);
        }
    }
}
