package io.tailrace.jobs.source.generator.shop;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

import java.util.function.Consumer;

import static io.tailrace.jobs.source.generator.shop.Attribute.number;
import static io.tailrace.jobs.source.generator.shop.Attribute.text;

/**
 * A span under way, and the time as the code within it sees it. What the shop does is written as
 * code that works and calls; none of it takes real time.
 */
final class Act {

    private static final int SAMPLED = 1;
    private static final int KNOWS_WHETHER_REMOTE = 0x100;
    private static final int REMOTE_PARENT = 0x200;
    private static final double SPREAD = 0.5;

    private final Trace trace;
    private final Instance instance;
    private final Language.Instrumentation instrumentation;
    private final Span.Builder span;
    private long now;
    private Failure failure;

    private Act(
            Trace trace,
            Instance instance,
            Language.Instrumentation instrumentation,
            Span.SpanKind kind,
            String name,
            long begin) {
        this.trace = trace;
        this.instance = instance;
        this.instrumentation = instrumentation;
        this.now = begin;
        this.span =
                Span.newBuilder()
                        .setTraceId(trace.id())
                        .setSpanId(trace.newSpanId())
                        .setName(name)
                        .setKind(kind)
                        .setFlags(SAMPLED | KNOWS_WHETHER_REMOTE)
                        .setStartTimeUnixNano(trace.clock(instance.host(), begin));
    }

    /** A trace's first span. */
    static Act root(
            Trace trace,
            Instance instance,
            Language.Instrumentation instrumentation,
            Span.SpanKind kind,
            String name,
            long begin) {
        return new Act(trace, instance, instrumentation, kind, name, begin);
    }

    /** A span below this one in the same process, from now on. */
    Act child(Language.Instrumentation scope, Span.SpanKind kind, String name) {
        Act child = new Act(trace, instance, scope, kind, name, now);
        child.span.setParentSpanId(span.getSpanId());
        return child;
    }

    /** A span below this one in another process. */
    Act remoteChild(
            Instance there,
            Language.Instrumentation scope,
            Span.SpanKind kind,
            String name,
            long begin) {
        Act child = new Act(trace, there, scope, kind, name, begin);
        child.span.setParentSpanId(span.getSpanId());
        child.span.setFlags(SAMPLED | KNOWS_WHETHER_REMOTE | REMOTE_PARENT);
        return child;
    }

    /** A step of the service's own code that deserves a span. */
    void step(String name, Consumer<Act> code) {
        Act step = child(Language.Instrumentation.OWN_CODE, Span.SpanKind.SPAN_KIND_INTERNAL, name);
        code.accept(step);
        if (step.failure != null) {
            step.error(step.failure.message());
            failure = step.failure;
        }
        step.end();
        now = step.now;
    }

    /** Does several things at a time, and waits for all of them. */
    @SafeVarargs
    final void together(Consumer<Act>... things) {
        long begin = now;
        long latest = now;
        for (Consumer<Act> thing : things) {
            now = begin;
            thing.accept(this);
            latest = Math.max(latest, now);
        }
        now = latest;
    }

    /** Lets time pass: log-normally spread around the median. */
    void work(double medianMillis) {
        now += dice().logNormal(medianMillis, SPREAD);
    }

    /** The same with a long tail. */
    void wait(double medianMillis, double sigma) {
        now += dice().logNormal(medianMillis, sigma);
    }

    void waitUntil(long offset) {
        now = offset;
    }

    /** An exception that this code throws: its span says so, and its caller is answered so. */
    void raise(Failure thrown) {
        record(thrown);
        fail(thrown);
    }

    /** Notes an exception that is dealt with here. */
    void record(Failure caught) {
        Service service = instance.service();
        span.addEvents(
                Span.Event.newBuilder()
                        .setName("exception")
                        .setTimeUnixNano(trace.clock(instance.host(), now))
                        .addAttributes(text("exception.type", caught.type()))
                        .addAttributes(text("exception.message", caught.message()))
                        .addAttributes(
                                text(
                                        "exception.stacktrace",
                                        service.language().stackTrace(caught, service))));
    }

    /** The caller is answered so. */
    void fail(Failure answered) {
        failure = answered;
    }

    /** What its caller is answered; null if it went well. */
    Failure failure() {
        return failure;
    }

    Act put(String key, String value) {
        span.addAttributes(text(key, value));
        return this;
    }

    Act put(String key, long value) {
        span.addAttributes(number(key, value));
        return this;
    }

    Act putAll(Iterable<KeyValue> attributes) {
        span.addAllAttributes(attributes);
        return this;
    }

    /** Its status becomes ERROR. */
    void error(String message) {
        span.setStatus(
                Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage(message));
    }

    void end() {
        span.setEndTimeUnixNano(trace.clock(instance.host(), now));
        trace.end(instance, instrumentation, span.build(), now);
    }

    Instance instance() {
        return instance;
    }

    ByteString spanId() {
        return span.getSpanId();
    }

    /** Nanoseconds after the traffic's start. */
    long now() {
        return now;
    }

    boolean during(Episode episode) {
        return trace.during(episode, now);
    }

    Dice dice() {
        return trace.dice();
    }

    boolean chance(double share) {
        return dice().chance(share);
    }
}
