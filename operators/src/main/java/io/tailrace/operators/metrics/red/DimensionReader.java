package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.DimensionSettings;
import io.tailrace.operators.rewriting.Rewriting;
import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads one dimension of spans. For one thread. */
final class DimensionReader {

    private static final byte[] NONE = {};

    private final ValueSource source;

    /** Null where values stay as they are. */
    private final Rewriting rewriting;

    private final byte[] otherwise;
    private final int mostBytes;
    private final Utf8Builder ofResource = new Utf8Builder();
    private long cut;

    DimensionReader(
            DimensionSettings dimension,
            ValueSource source,
            List<TemplateRule> rules,
            int mostBytes) {
        this.source = source;
        this.rewriting = Rewriting.of(dimension.attribute(), dimension.pattern(), rules);
        this.otherwise =
                dimension.otherwise() == null
                        ? NONE
                        : dimension.otherwise().getBytes(StandardCharsets.UTF_8);
        this.mostBytes = mostBytes;
    }

    /** Reads what holds for all of its spans that have no value of their own. */
    void resource(ResourceView resource) {
        ofResource.clear();
        source.ofResource(resource, ofResource);
        finish(ofResource, 0);
    }

    /** Writes the span's value; nothing where it has none. */
    void appendTo(Utf8Builder out, SpanView span) {
        int from = out.length();
        source.ofSpan(span, out);
        if (out.length() == from) {
            out.append(ofResource.bytes(), 0, ofResource.length());
        } else {
            finish(out, from);
        }
    }

    private void finish(Utf8Builder text, int from) {
        if (rewriting != null && text.length() > from) {
            rewriting.rewrite(text, from);
        }
        if (text.length() == from) {
            text.append(otherwise);
        }
        cut += text.cut(from, mostBytes) ? 1 : 0;
    }

    /** How many values were too long so far. */
    long cut() {
        return cut;
    }
}
