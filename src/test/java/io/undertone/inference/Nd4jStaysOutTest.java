package io.undertone.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.model.Ensembles;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ONNX Runtime serves without one class of ND4J or Deeplearning4j, whose start costs seconds and hundreds of megabytes. */
class Nd4jStaysOutTest {
    @Test
    void shouldServeWithoutNd4j() throws Exception {
        WithoutNd4j loader = new WithoutNd4j();
        Class<?> serving = loader.loadClass(Serving.class.getName());
        assertThat(serving.getClassLoader()).isSameAs(loader);

        Object windows = serving.getMethod("serve").invoke(null);

        assertThat(windows).isEqualTo(4);
    }

    /** Runs in the other loader. */
    public static final class Serving {
        private Serving() {}

        public static int serve() {
            try (VotingEnsemble ensemble = Ensembles.open(TestBundles.reference(), EngineSettings.auto(1))) {
                Probabilities probabilities = ensemble.newProbabilities();
                ensemble.predict(TestBundles.windows(TestBundles.reference().features(), 4, 1), probabilities);
                return probabilities.failures().isEmpty() ? probabilities.windows() : -1;
            }
        }
    }

    /** Loads Undertone's classes itself and refuses those of ND4J. */
    private static final class WithoutNd4j extends ClassLoader {
        private static final List<String> REFUSED = List.of("org.nd4j.", "org.deeplearning4j.", "org.bytedeco.");

        WithoutNd4j() {
            super(Nd4jStaysOutTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (REFUSED.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException("refused by this test: " + name);
            }
            if (!name.startsWith("io.undertone.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
