package io.tailrace.sinks.jdbc;

import org.apache.flink.api.common.typeinfo.TypeInformation;

import io.tailrace.sinks.message.JsonFormat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the writers under test write: of a sensor the reading with the greatest revision counts. */
public record Reading(String sensor, long revision, String text) {

    static final TypeInformation<Reading> TYPE = TypeInformation.of(Reading.class);

    /** Remembers in which order its rows were written. */
    static final String DDL =
            """
            create table reading (
                sensor text primary key,
                revision bigint not null check (revision >= 0),
                text varchar(40) not null,
                place bigserial
            )
            """;

    /** The greater revision stays, in a batch and in the table. */
    static final class Newest implements Table<Reading, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String name() {
            return "reading";
        }

        @Override
        public List<String> columns() {
            return List.of("sensor", "revision", "text");
        }

        @Override
        public List<String> keyColumns() {
            return List.of("sensor");
        }

        @Override
        public String onConflict() {
            return "do update set revision = excluded.revision, text = excluded.text"
                    + " where present.revision < excluded.revision";
        }

        @Override
        public boolean takes(Reading reading) {
            return true;
        }

        @Override
        public String key(Reading reading) {
            return reading.sensor();
        }

        @Override
        public Optional<Reading> merge(Reading older, Reading newer) {
            return Optional.of(newer.revision() > older.revision() ? newer : older);
        }

        @Override
        public void bind(Reading reading, RowValues values) throws SQLException {
            values.text(reading.sensor()).whole(reading.revision()).text(reading.text());
        }

        @Override
        public JsonFormat<Reading> format() {
            return (reading, json) -> json.writeStringField("sensor", reading.sensor());
        }

        @Override
        public Optional<Retention> retention() {
            return Optional.of(
                    new Retention.ByAge("text", "mortal", "revision", Duration.ofDays(1)));
        }
    }
}
