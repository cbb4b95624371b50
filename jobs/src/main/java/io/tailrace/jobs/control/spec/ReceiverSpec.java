package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Setting;

/** Somewhere that GSE can send data to. */
public record ReceiverSpec(
        @Setting(value = "Its name, by which it is found with GSE", check = Names.class)
                String name,
        @Setting("What it is") Receiver receiver) {}
