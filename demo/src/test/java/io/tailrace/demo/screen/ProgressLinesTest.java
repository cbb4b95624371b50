package io.tailrace.demo.screen;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressLinesTest {

    @Test
    void areFewAndSayWhenTheTrafficEnds() {
        StringWriter said = new StringWriter();
        ProgressLines lines = new ProgressLines(new PrintWriter(said));

        IntStream.rangeClosed(44, 51).mapToObj(PictureTextTest::at).forEach(lines::show);

        assertThat(said.toString().lines().map(line -> line.strip().substring(0, 4)))
                .containsExactly("0:44", "0:47", "0:50");
        assertThat(said.toString().lines().filter(line -> line.contains("waiting"))).hasSize(1);
    }
}
