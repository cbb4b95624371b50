package io.tailrace.jobs.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailrace.jobs.cli.Screen;
import io.tailrace.jobs.control.change.Action;
import io.tailrace.jobs.control.change.Change;
import io.tailrace.jobs.control.change.Difference;
import io.tailrace.jobs.control.state.Fingerprints;

/** Changes in words, field by field. */
final class ChangeText {

    private static final int MOST = 120;

    private final Screen screen;

    ChangeText(Screen screen) {
        this.screen = screen;
    }

    /** What is to be done. */
    void plan(Change change) {
        screen.say(colour(change.action()), "  " + sign(change.action()) + ' ' + line(change));
        for (Difference difference : change.differences()) {
            field(difference, change.action() == Action.CREATE);
        }
    }

    /** What was done. */
    void done(Change change) {
        screen.say(colour(change.action()), "  " + past(change.action()) + ' ' + tail(change));
    }

    private static String line(Change change) {
        return change.action().spelling() + ' ' + tail(change);
    }

    private static String tail(Change change) {
        return change.note().isEmpty()
                ? change.object()
                : change.object() + " (" + change.note() + ')';
    }

    private void field(Difference difference, boolean isNew) {
        JsonNode is = difference.is();
        JsonNode wanted = difference.wanted();
        String field = "      " + (difference.field().isEmpty() ? "all" : difference.field());
        boolean lines = is.isTextual() && wanted.isTextual() && is.asText().contains("\n");
        if (lines) {
            screen.say(field + ':');
            LineDifference.of(is.asText(), wanted.asText())
                    .forEach(
                            line ->
                                    screen.say(
                                            line.startsWith("+")
                                                    ? Screen.Colour.GREEN
                                                    : Screen.Colour.RED,
                                            "        " + line));
        } else if (isNew) {
            screen.say(field + ": " + value(wanted));
        } else {
            screen.say(field + ": " + value(is) + " -> " + value(wanted));
        }
    }

    private static String value(JsonNode json) {
        if (json.isMissingNode()) {
            return "(nothing known)";
        } else if (Fingerprints.isOne(json)) {
            return "***";
        }
        String text =
                json.isTextual() && !json.asText().isEmpty() ? json.asText() : json.toString();
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= MOST ? line : line.substring(0, MOST) + "...";
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE, GRANT -> "+";
            case ADOPT, UPDATE -> "~";
            case START, RESTART -> ">";
            case STOP, DELETE -> "-";
        };
    }

    private static Screen.Colour colour(Action action) {
        return switch (action) {
            case CREATE, GRANT -> Screen.Colour.GREEN;
            case ADOPT, UPDATE, START, RESTART -> Screen.Colour.YELLOW;
            case STOP, DELETE -> Screen.Colour.RED;
        };
    }

    private static String past(Action action) {
        return switch (action) {
            case CREATE -> "created";
            case ADOPT -> "adopted";
            case UPDATE -> "updated";
            case START -> "started";
            case RESTART -> "restarted";
            case GRANT -> "granted";
            case STOP -> "stopped";
            case DELETE -> "deleted";
        };
    }
}
