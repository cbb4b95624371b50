package io.tailrace.jobs.source.generator.shop;

/**
 * Who sends a request from outside.
 *
 * @param host the host that it names
 */
record Visitor(String ip, String agent, String scheme, String host, int port) {

    private static final String[] BROWSERS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                + " Version/18.6 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
                + " Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
        "shop-android/7.2 okhttp/5.1.0"
    };
    private static final String[] CRAWLERS = {"examplebot/2.1 (+https://bot.example/info)"};

    /** Someone who shops. */
    static Visitor shopper(Dice dice) {
        String ip = "198.51.100." + dice.between(1, 254);
        String agent = dice.oneOf(dice.chance(0.04) ? CRAWLERS : BROWSERS);
        return new Visitor(ip, agent, "https", "shop.example", 443);
    }

    /** The cluster asks whether an instance lives. */
    static Visitor probe(Instance instance) {
        String ip = instance.host().ip();
        return new Visitor(ip, "kube-probe/1.33", "http", ip, instance.service().port());
    }
}
