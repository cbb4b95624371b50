package io.tailrace.jobs.control.spec;

import io.tailrace.jobs.http.BaseUrl;
import io.tailrace.operators.settings.Setting;

/** GSE, which moves data from agents to receivers. */
public record GseSettings(
        @Setting(
                        value =
                                "Its address with the whole path, such as"
                                        + " http://HOST/api/bk-gse/prod/api/v2, or of older sites"
                                        + " http://HOST/api/c/compapi/v2/gse",
                        check = BaseUrl.class)
                String url,
        @Setting(
                        value =
                                "Whose paths the address has; auto: older ones where it has compapi in"
                                        + " it",
                        defaultsTo = "auto")
                Paths paths,
        @Setting(
                        value = "The name of the platform that receivers and routes belong to",
                        defaultsTo = "bkmonitor")
                String platName,
        @Setting(
                        value = "The slot that messages are dispatched from",
                        optional = true,
                        otherwise = "nothing can be dispatched")
                Integer slotId,
        @Setting(
                        value = "The slot's token",
                        optional = true,
                        secret = true,
                        otherwise = "nothing can be dispatched")
                String token) {

    /** How the paths of actions are written. */
    public enum Paths {
        AUTO,
        /** {@code data/add_route}. */
        NEWER,
        /** {@code config_add_route/}. */
        OLDER
    }

    public boolean older() {
        return paths == Paths.OLDER || paths == Paths.AUTO && url.contains("/compapi/");
    }

    @Override
    public String toString() {
        return "GseSettings[" + url + "]";
    }
}
