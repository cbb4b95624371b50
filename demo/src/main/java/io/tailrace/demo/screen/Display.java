package io.tailrace.demo.screen;

import picocli.CommandLine.Help.Ansi;

import java.io.PrintWriter;

/** Where pictures are shown while a demo goes on. */
public sealed interface Display extends AutoCloseable permits LiveScreen, ProgressLines {

    /** For this process' terminal, or where there is none or a simple one, for a file. */
    static Display of(PrintWriter out) {
        String terminal = System.getenv().getOrDefault("TERM", "dumb");
        return !Ansi.AUTO.enabled() || terminal.equals("dumb")
                ? new ProgressLines(out)
                : new LiveScreen(out);
    }

    void show(Picture picture);

    /** Gives the terminal back; what is shown then takes it again. */
    void restore();

    @Override
    default void close() {
        restore();
    }
}
