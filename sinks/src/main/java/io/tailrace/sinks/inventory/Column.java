package io.tailrace.sinks.inventory;

import io.tailrace.operators.discovery.InventoryChange;

import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A column of a thing of an inventory, under the name that tables and JSON have for it. */
public sealed interface Column {

    String name();

    /** Hands its value on. */
    <X extends Exception> void show(InventoryChange change, ColumnValues<X> values) throws X;

    /** Of texts. */
    record Text(String name, Function<InventoryChange, String> value) implements Column {
        @Override
        public <X extends Exception> void show(InventoryChange change, ColumnValues<X> values)
                throws X {
            values.text(name, value.apply(change));
        }
    }

    /** Of whole numbers. */
    record Whole(String name, ToLongFunction<InventoryChange> value) implements Column {
        @Override
        public <X extends Exception> void show(InventoryChange change, ColumnValues<X> values)
                throws X {
            values.whole(name, value.applyAsLong(change));
        }
    }

    /** Of truth values that may be null. */
    record Truth(String name, Function<InventoryChange, Boolean> value) implements Column {
        @Override
        public <X extends Exception> void show(InventoryChange change, ColumnValues<X> values)
                throws X {
            values.truth(name, value.apply(change));
        }
    }

    /** Of arrays. */
    record Json(String name, Function<InventoryChange, JsonValue> value) implements Column {
        @Override
        public <X extends Exception> void show(InventoryChange change, ColumnValues<X> values)
                throws X {
            values.json(name, value.apply(change));
        }
    }
}
