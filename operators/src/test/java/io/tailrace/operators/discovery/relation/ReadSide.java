package io.tailrace.operators.discovery.relation;

import io.tailrace.operators.discovery.Participant;
import io.tailrace.operators.pairing.waiting.Side;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.span.TraceId;

import java.util.ArrayList;
import java.util.List;

/** A side of a span as it was sent. */
public record ReadSide(
        TraceId trace,
        boolean calls,
        long callId,
        long spanId,
        long arrival,
        boolean link,
        int kind,
        long startUnixNano,
        Participant who) {

    public static List<ReadSide> all(List<SideBlock> blocks) throws Exception {
        List<ReadSide> sides = new ArrayList<>();
        RecentParticipants participants = new RecentParticipants();
        for (SideBlock block : blocks) {
            block.forEach(new Side(), side -> sides.add(of(side, participants)));
        }
        return sides;
    }

    private static ReadSide of(Side side, RecentParticipants participants) {
        JoinedSpan span = JoinedSpan.read(side, participants);
        return new ReadSide(
                side.traceId(),
                side.calls(),
                side.callId(),
                side.spanId(),
                side.arrival(),
                span.link(),
                span.kind(),
                span.startUnixNano(),
                span.who());
    }
}
