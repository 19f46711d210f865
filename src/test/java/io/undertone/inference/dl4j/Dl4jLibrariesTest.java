package io.undertone.inference.dl4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.inference.EngineException;
import org.junit.jupiter.api.Test;

class Dl4jLibrariesTest {
    @Test
    void shouldSayWhereToGetThem() {
        assertThatThrownBy(() -> Dl4jLibraries.require("train", ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(EngineException.class)
                .hasMessageStartingWith("Deeplearning4j must be installed for train: ")
                .hasMessageContaining("target/lib/dl4j");
    }

    @Test
    void shouldBeContentWhereTheyAreThere() {
        assertThatCode(() -> Dl4jLibraries.require("train")).doesNotThrowAnyException();
    }
}
