package io.tailrace.operators.discovery;

import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.settings.Checked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DiscoverySettingsTest {

    private static List<String> refused(Checked settings) {
        List<String> keys = new ArrayList<>();
        settings.check((key, expected) -> keys.add(key + ": " + expected));
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "600, 600, 300, ''",
        "600, 600, 301, 300000ms",
        "600, 1200, 301, 300000ms",
        "1200, 600, 301, 300000ms",
        "1200, 600, 300, ''",
    })
    void refuseToRefreshLessThanTwiceATtl(int ttl, int topoNodes, int refresh, String half) {
        List<String> problems =
                refused(
                        new TestDiscoverySettings()
                                .ttl(Duration.ofSeconds(ttl))
                                .topoNodeTtl(Duration.ofSeconds(topoNodes))
                                .refresh(Duration.ofSeconds(refresh))
                                .make());
        if (half.isEmpty()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .containsExactly("refresh: at most half of the least ttl, that is " + half);
        }
    }

    @Test
    void nodesStayAsLongAsAllElseUnlessTheyHaveATimeOfTheirOwn() {
        Duration ttl = Duration.ofHours(3);
        Duration own = Duration.ofHours(4);
        DiscoverySettings settings = new TestDiscoverySettings().ttl(ttl).make();
        assertThat(Entity.values()).allMatch(each -> settings.ttlOf(each).equals(ttl));
        DiscoverySettings longer = new TestDiscoverySettings().ttl(ttl).topoNodeTtl(own).make();
        assertThat(Entity.values())
                .allMatch(each -> longer.ttlOf(each).equals(each == Entity.TOPO_NODE ? own : ttl));
    }

    @Test
    void refuseTemplatesThatAreForNoName() {
        TemplateRule names = new TemplateRule("[0-9]+", "{id}", List.of("url.path", "span.name"));
        TemplateRule others = new TemplateRule("[0-9]+", "{id}", List.of("url.path"));
        assertThat(refused(new TestDiscoverySettings().templates(names, others).make()))
                .containsExactly(
                        "templates[1].attributes: span.name, of which endpoints have their names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "resource.", "attributes."})
    void refuseRulesWithoutAnAttribute(String attribute) {
        assertThat(refused(new CategoryRule("", attribute, CategoryRule.Kind.SERVICE)))
                .containsExactly("category: a category's name", "attribute: an attribute's key");
        assertThat(refused(new CategoryRule("cache", "a", CategoryRule.Kind.SERVICE))).isEmpty();
    }
}
