package io.undertone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.features.FeatureSpecs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final List<Integer> batches = new ArrayList<>();

    @AfterEach
    void leaveTheThreadAsItWas() {
        Thread.interrupted();
    }

    @Test
    void shouldAskForOneWindowAFullBatchAndSomeOfAFew() throws Exception {
        WarmUp.run(new TestModel(FeatureSpecs.telephone(), windows -> batches.add(windows.size())), 32);
        assertThat(batches).startsWith(1, 32, 8).hasSize(14);
    }

    @Test
    void shouldGiveUpBetweenBatchesWhereItIsInterrupted() {
        TestModel model = new TestModel(FeatureSpecs.telephone(), windows -> {
            batches.add(windows.size());
            Thread.currentThread().interrupt();
        });
        assertThatThrownBy(() -> WarmUp.run(model, 32)).isInstanceOf(InterruptedException.class);
        assertThat(batches).containsExactly(1);
    }

    @Test
    void shouldGiveUpTheFrontEndWhereItIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> WarmUp.run(FeatureSpecs.telephone(), WarmUp.QUICK))
                .isInstanceOf(InterruptedException.class);
    }
}
