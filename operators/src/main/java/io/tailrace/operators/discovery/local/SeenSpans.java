package io.tailrace.operators.discovery.local;

import io.tailrace.operators.application.Applications;
import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.relation.RelationSides;
import io.tailrace.operators.discovery.rule.CategoryRules;
import io.tailrace.operators.discovery.rule.SpanItems;
import io.tailrace.operators.discovery.rule.SpanKey;
import io.tailrace.operators.discovery.rule.SpanTexts;
import io.tailrace.operators.span.wire.KeyTable;
import io.tailrace.operators.span.wire.RequestWalker;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds what the spans show that go by. What spans of one shape show is worked out once; a span of
 * a known shape is one look-up, and makes no objects but its sides. When the memory for it is used
 * up, all is handed on and forgotten.
 */
final class SeenSpans implements RequestWalker.Spans {

    /** About what a shape takes beside its key, what is told of it, and the things it shows. */
    private static final int SHAPE_BYTES = 192;

    private final long budget;
    private final Applications applications;
    private final SpanKey keys;
    private final SpanItems items;
    private final PendingSightings sightings;
    private final RelationSides sides;
    private final DiscoveryMetrics metrics;
    private final KeyTable<Shape> shapes = new KeyTable<>();
    private final List<Shape> pending = new ArrayList<>();
    private long bytesOfShapes;
    private long timesFull;
    private long arrival;
    private boolean ofService;

    SeenSpans(
            DiscoverySettings settings,
            Applications applications,
            DiscoveryMetrics metrics,
            Consumer<Sighting> out,
            RelationSides sides) {
        CategoryRules rules = new CategoryRules(settings.categoryRules());
        this.budget = settings.localBudget().bytes();
        this.applications = applications;
        this.keys = new SpanKey(settings, rules);
        this.items = new SpanItems(rules);
        this.sightings = new PendingSightings(settings.refresh().toMillis(), out);
        this.sides = sides;
        this.metrics = metrics;
    }

    /**
     * @param time of the request whose spans follow
     */
    void arrival(long time) {
        arrival = time;
    }

    @Override
    public void resource(ResourceView resource) {
        ofService = keys.resource(resource, applications.of(resource));
    }

    @Override
    public void span(SpanView span) {
        if (!ofService) {
            metrics.spanWithoutService();
            return;
        }
        Utf8Builder key = keys.of(span);
        Shape known = shapes.find(key);
        Shape shape = known == null ? add(key) : known;
        if (shape.note(arrival)) {
            pending.add(shape);
        }
        if (shape.isUrgent()) {
            shape.settle(sightings);
            shape.handOnUrgent(sightings);
        }
        sides.add(span, arrival, shape.participant);
    }

    private Shape add(Utf8Builder key) {
        if (bytes() >= budget) {
            handOnAll();
            shapes.clear();
            bytesOfShapes = 0;
            sightings.forgetAll();
            timesFull++;
        }
        SpanTexts texts = keys.texts();
        Shape shape =
                new Shape(
                        key,
                        items.participant(texts).encoded(),
                        items.of(texts).stream()
                                .map(item -> sightings.of(texts.application(), item))
                                .toArray(SeenItem[]::new));
        shapes.add(shape);
        bytesOfShapes += SHAPE_BYTES + shape.keyLength() + shape.participant.length;
        return shape;
    }

    /** Hands on all where that is due before this watermark passes. */
    void handOnDue(long watermark) {
        if (sightings.isDue(watermark)) {
            handOnAll();
        }
    }

    void handOnAll() {
        for (Shape each : pending) {
            each.settle(sightings);
        }
        pending.clear();
        sightings.handOnAll();
    }

    /** About how many bytes of memory all this takes. */
    long bytes() {
        return bytesOfShapes + sightings.bytes();
    }

    int shapes() {
        return shapes.size();
    }

    int things() {
        return sightings.size();
    }

    /** How often the budget was used up. */
    long timesFull() {
        return timesFull;
    }

    /** Texts that were longer than they may be. */
    long textsCut() {
        return keys.cut();
    }
}
