package io.tailrace.operators.discovery.rule;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.span.wire.Utf8Builder;

/**
 * All that is used of a span's texts. Those that it lacks are empty.
 *
 * @param service never empty
 * @param hostIp of the resource or else of the span
 * @param kubernetes whether the resource names a cluster, a namespace and a pod
 * @param kind OTLP's number; 0 for numbers that OTLP does not have
 * @param rank of the rule that holds
 * @param predicate the text of that rule's attribute
 * @param rpcSystem trpc where there is a {@code trpc.namespace}
 * @param kindKey which attribute tells the endpoint's category kind, under its old name
 * @param system of the component; empty where the rule is for services
 * @param peerName of the component, as are ip and port
 * @param peerService who is called, or calls, by a name alone
 * @param endpointName by templates
 */
public record SpanTexts(
        Application application,
        String service,
        Sdk sdk,
        String instance,
        boolean kubernetes,
        int kind,
        int rank,
        String predicate,
        String rpcSystem,
        String kindKey,
        String kindValue,
        String system,
        String peerName,
        String peerIp,
        String peerPort,
        String peerService,
        String hostIp,
        String endpointName) {

    /** Ends each text of a key; no UTF-8 has this byte. */
    static final byte END = (byte) 0xff;

    /** Reads the key that {@link SpanKey} wrote. */
    static SpanTexts of(Utf8Builder key) {
        Reader texts = new Reader(key);
        return new SpanTexts(
                new Application(Long.parseLong(texts.next()), texts.next()),
                texts.next(),
                new Sdk(texts.next(), texts.next(), texts.next()),
                texts.next(),
                !texts.next().isEmpty(),
                Integer.parseInt(texts.next()),
                Integer.parseInt(texts.next()),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next(),
                texts.next());
    }

    /** Reads one text after the other. */
    private static final class Reader {
        private final Utf8Builder key;
        private int at;

        Reader(Utf8Builder key) {
            this.key = key;
        }

        String next() {
            int from = at;
            while (key.bytes()[at] != END) {
                at++;
            }
            return key.text(from, at++);
        }
    }
}
