package io.tailrace.demo.screen;

import java.io.PrintWriter;
import java.time.Duration;

/** A line every few seconds. */
public final class ProgressLines implements Display {

    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private final PrintWriter out;
    private Duration last = Duration.ofDays(-1);
    private boolean traffic = true;

    public ProgressLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(Picture picture) {
        boolean other = traffic != picture.traffic();
        if (other || picture.elapsed().minus(last).compareTo(BETWEEN) >= 0) {
            out.println(PictureText.line(picture));
            out.flush();
            last = picture.elapsed();
            traffic = picture.traffic();
        }
    }

    @Override
    public void restore() {}
}
