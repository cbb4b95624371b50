package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Setting;

/** Where the platform stores what a flow computes. */
public record StorageSettings(
        @Setting("The storage cluster's name with the platform") String cluster,
        @Setting(
                        value = "After how many days rows are deleted",
                        defaultsTo = "7",
                        least = 1,
                        most = 3650)
                int expiresDays,
        @Setting(
                        value =
                                "The resource set that the cluster belongs to; the project is"
                                        + " authorised to use it",
                        optional = true,
                        otherwise = "the project may use it already")
                Long resourceSetId) {}
