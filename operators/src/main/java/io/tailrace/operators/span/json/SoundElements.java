package io.tailrace.operators.span.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.Rejects;

import java.io.IOException;
import java.util.List;

/** Goes over the elements of arrays; those that cannot be used are left out and remembered. */
public final class SoundElements {

    private final JsonParser parser;
    private final ProtobufOutput output;
    private final List<Unsound> unsound;

    /**
     * @param output what elements are written to; nothing of a bad one stays there
     * @param unsound takes those that were left out, in the order of the text
     */
    public SoundElements(JsonParser parser, ProtobufOutput output, List<Unsound> unsound) {
        this.parser = parser;
        this.output = output;
        this.unsound = unsound;
    }

    /** A part from byte {@code from} up to byte {@code to} of a record. */
    public record Unsound(Reason reason, String error, int from, int to) {
        public void reject(byte[] record, Rejects rejects) {
            rejects.reject(reason, error, record, from, to);
        }
    }

    /**
     * Copies the elements of the array at hand.
     *
     * @param element copies the one at hand, which may be null; may go over arrays in turn
     * @throws BadValueException what is at hand is no array
     */
    public void each(JsonFields.Message element) throws IOException, BadValueException {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            throw BadValueException.expected(parser, "an array");
        }
        int nesting = nesting();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long from = parser.currentTokenLocation().getByteOffset();
            int length = output.length();
            int depth = output.depth();
            int before = unsound.size();
            try {
                element.copy();
            } catch (BadValueException bad) {
                output.cut(length, depth);
                // What was left out inside of it goes with it.
                unsound.subList(before, unsound.size()).clear();
                while (nesting() > nesting) {
                    parser.nextToken();
                }
                // A text is only read to its end when somebody asks for it.
                parser.finishToken();
                long to = parser.currentLocation().getByteOffset();
                unsound.add(new Unsound(bad.reason(), bad.getMessage(), (int) from, (int) to));
            }
        }
    }

    private int nesting() {
        return parser.getParsingContext().getNestingDepth();
    }
}
