package io.tailrace.operators.span.json;

import io.tailrace.operators.input.DeadLetter.Reason;
import io.tailrace.operators.input.Rejects;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was rejected. */
final class Rejections implements Rejects {

    final List<Rejection> all = new ArrayList<>();

    record Rejection(Reason reason, String text) {}

    @Override
    public void reject(Reason reason, String error, byte[] bytes, int from, int to) {
        all.add(new Rejection(reason, new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    }
}
