package io.tailrace.demo.screen;

import io.tailrace.demo.screen.Picture.BurstFigures;
import io.tailrace.demo.screen.Picture.Found;
import io.tailrace.demo.screen.Picture.ServiceFigures;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PictureTextTest {

    static Picture at(int seconds) {
        Map<String, Long> keptBy = new LinkedHashMap<>();
        keptBy.put("errors", 40L);
        keptBy.put("baseline", 60L);
        return new Picture(
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(50),
                seconds < 50,
                "http://127.0.0.1:8081",
                12_345,
                1_000,
                List.of(0L, 500L, 1_000L),
                7,
                keptBy,
                900,
                3,
                new BurstFigures(
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(45),
                        40,
                        40,
                        200,
                        10,
                        List.of(0L, 40L)),
                List.of(
                        new ServiceFigures("cart", 10, 4.2, 10, 0),
                        new ServiceFigures("payment", 2, 150, 400, 0.41),
                        new ServiceFigures("report", 0.5, 20_000, -1, 0)),
                Map.of("services", 3L),
                List.of(new Found(Duration.ofSeconds(9), "service cart")),
                0,
                0);
    }

    @Test
    void showsAllThatGoesOn() {
        assertThat(String.join("\n", PictureText.lines(at(30))))
                .contains("Tailrace demo   0:30 of 0:50 (Ctrl-C ends it)   http://127.0.0.1:8081")
                .contains("Spans      12,345   1,000/s   ▁▄█")
                .contains("7 open   1,000 decided   100 kept (10.0 %)   3 late spans")
                .contains("Kept by    errors 40   baseline 60   dropped 900")
                .containsPattern(
                        "slowest +report .*20,000 ms +longer +0\\.0 %\n +payment .*\n +cart")
                .containsPattern("failing +payment .* 41\\.0 %\n\n")
                .contains("Inventory  3 services\n   0:09    service cart")
                .doesNotContain("Trouble");
    }

    @Test
    void saysWhenTheBurstComesThatItIsThereAndThatItWas() {
        assertThat(PictureText.lines(at(24)))
                .contains("Burst      none yet; payments begin to fail at 0:25");
        assertThat(PictureText.lines(at(25)))
                .contains(
                        "Burst      PAYMENTS FAIL since 0:25 (until 0:45)",
                        "           of 40 failed traces 40 were kept (100.0 %), of 200 others 5.0 %",
                        "           kept for errors, by 2 s: ▁█");
        assertThat(PictureText.lines(at(45)))
                .contains("Burst      payments failed from 0:25 to 0:45");
    }

    @Test
    void fitsOnASmallScreen() {
        assertThat(PictureText.lines(at(30)))
                .hasSizeLessThan(24)
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void isOneLineWhereThereIsNoScreen() {
        assertThat(PictureText.line(at(24)))
                .isEqualTo(
                        " 0:24  spans 12,345 (1,000/s)  traces open 7, kept 100, dropped 900  things 3");
        assertThat(PictureText.line(at(25))).contains("burst: 40 failed, 40 kept");
        assertThat(PictureText.line(at(50))).endsWith("waiting until no trace is open");
        assertThat(PictureText.lines(at(50)).get(0))
                .contains("no more traffic; waiting until no trace is open");
    }
}
