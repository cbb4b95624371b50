package io.tailrace.jobs.convert;

import io.tailrace.jobs.cli.Program;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** A run of {@code tailrace convert}, and what it printed. */
record Convert(int exitCode, String out, String err) {

    static Convert run(Path file, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = new String[options.length + 1];
        arguments[0] = file.toString();
        System.arraycopy(options, 0, arguments, 1, options.length);
        int exitCode =
                Program.execute(
                        new ConvertCommand(),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        arguments);
        return new Convert(exitCode, out.toString(), err.toString());
    }

    /** One of the configurations among the resources. */
    static Path configuration(String name) {
        try {
            return Path.of(Convert.class.getResource("/convert/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
