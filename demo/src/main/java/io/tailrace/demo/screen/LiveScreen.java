package io.tailrace.demo.screen;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Draws pictures over each other, on the terminal's other screen so that what was said before is
 * still there afterwards. Each picture is one write, from the top and without clearing what stays,
 * so that nothing flickers.
 */
public final class LiveScreen implements Display {

    private static final String BEGIN = "\033[?1049h\033[?25l";
    private static final String END = "\033[?25h\033[?1049l";
    private static final String HOME = "\033[H";
    private static final String BOLD = "\033[1m";
    private static final String USUAL = "\033[0m";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_BELOW = "\033[J";

    /** Where a terminal does not say how large it is. */
    private static final Size USUAL_SIZE = new Size(24, 80);

    private final PrintWriter out;
    private boolean begun;

    LiveScreen(PrintWriter out) {
        this.out = out;
    }

    /** In characters. */
    record Size(int rows, int columns) {}

    @Override
    public void show(Picture picture) {
        out.print((begun ? "" : BEGIN) + drawing(PictureText.lines(picture), size()));
        out.flush();
        begun = true;
    }

    /** As much of the lines as there is room for; the first one stands out. */
    static String drawing(List<String> lines, Size size) {
        StringBuilder drawing = new StringBuilder(HOME);
        int shown = Math.min(lines.size(), size.rows() - 1);
        for (int i = 0; i < shown; i++) {
            String line = lines.get(i);
            String cut = line.substring(0, Math.min(line.length(), size.columns()));
            drawing.append(i == 0 ? BOLD + cut + USUAL : cut).append(CLEAR_LINE).append("\r\n");
        }
        return drawing.append(CLEAR_BELOW).toString();
    }

    /** As the terminal has it now; it may have been resized. */
    private static Size size() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(ProcessBuilder.Redirect.INHERIT)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            stty.waitFor(1, TimeUnit.SECONDS);
            return size(said);
        } catch (IOException unknown) {
            return USUAL_SIZE;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return USUAL_SIZE;
        }
    }

    /**
     * @param said by {@code stty size}: rows and columns; 0 where they are not known
     */
    static Size size(String said) {
        if (!said.strip().matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}")) {
            return USUAL_SIZE;
        }
        String[] numbers = said.strip().split(" ");
        return new Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    @Override
    public void restore() {
        if (begun) {
            out.print(END);
            out.flush();
            begun = false;
        }
    }
}
