package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.trace.v1.Span.SpanKind;

/** Calls of databases, in the database conventions of 1.6 and of 1.30. */
final class Database {

    private Database() {}

    /** A statement on one table. */
    static void query(
            Act caller,
            Backend database,
            String operation,
            String table,
            String statement,
            double medianMillis) {
        query(caller, database, operation, table, statement, medianMillis, null);
    }

    /**
     * @param failure how it fails; null if it goes well
     */
    static void query(
            Act caller,
            Backend database,
            String operation,
            String table,
            String statement,
            double medianMillis,
            Failure failure) {
        String summary = operation + " " + table;
        Act client =
                begin(caller, database, operation, summary, statement)
                        .put("db.collection.name", table)
                        .put("db.sql.table", table);
        client.work(medianMillis);
        end(caller, client, failure);
    }

    /** A command on keys of one kind, such as {@code cart:?}. */
    static void command(
            Act caller, Backend store, String command, String keys, double medianMillis) {
        command(caller, store, command, keys, medianMillis, null);
    }

    static void command(
            Act caller,
            Backend store,
            String command,
            String keys,
            double medianMillis,
            Failure failure) {
        Act client = begin(caller, store, command, command, command + " " + keys);
        client.work(medianMillis);
        end(caller, client, failure);
    }

    private static Act begin(
            Act caller, Backend database, String operation, String name, String statement) {
        Act client =
                caller.child(Language.Instrumentation.DATABASE, SpanKind.SPAN_KIND_CLIENT, name)
                        .put("db.system.name", database.system())
                        .put("db.system", database.system())
                        .put("db.namespace", database.database())
                        .put("db.name", database.database())
                        .put("db.operation.name", operation)
                        .put("db.operation", operation)
                        .put("db.query.text", statement)
                        .put("db.statement", statement);
        return database.describe(client);
    }

    private static void end(Act caller, Act client, Failure failure) {
        if (failure != null) {
            client.record(failure);
            client.put("error.type", failure.type()).error(failure.message());
        }
        client.end();
        caller.waitUntil(client.now());
    }
}
