package io.tailrace.demo.screen;

import io.tailrace.demo.screen.LiveScreen.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LiveScreenTest {

    @Test
    void drawsOverWhatIsThereAndNoMoreThanFits() {
        assertThat(
                        LiveScreen.drawing(
                                List.of("a title", "short", "a long line", "below"),
                                new Size(4, 7)))
                .isEqualTo(
                        "\033[H\033[1ma title\033[0m\033[K\r\n"
                                + "short\033[K\r\n"
                                + "a long \033[K\r\n"
                                + "\033[J");
    }

    @Test
    void isAsLargeAsTheTerminalSays() {
        assertThat(LiveScreen.size("50 132\n")).isEqualTo(new Size(50, 132));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 0\n", "80\n", "stty: not a terminal"})
    void isOfTheUsualSizeWhereNobodyKnows(String said) {
        assertThat(LiveScreen.size(said)).isEqualTo(new Size(24, 80));
    }
}
