package io.undertone.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.Model;
import io.undertone.config.UndertoneConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS whose certificate nobody signed but itself. */
class RegistryTlsTest {
    private static final String SUBJECT = "models-value";

    @TempDir
    static Path folder;

    private static SelfSigned own;
    private static SelfSigned others;
    private static StubRegistry stub;

    @BeforeAll
    static void start() throws Exception {
        own = SelfSigned.make(folder, "own", "127.0.0.1");
        others = SelfSigned.make(folder, "others", "127.0.0.2");
        stub = StubRegistry.startTls(own.server());
    }

    @AfterAll
    static void stop() {
        stub.close();
    }

    @BeforeEach
    void forget() {
        stub.requests.clear();
    }

    private static HttpSchemaRegistry registry(String url, Path trusted) {
        Map<String, String> settings = new HashMap<>(Map.of("schema.registry.url", url));
        if (trusted != null) {
            settings.put("schema.registry.ssl.truststore.location", trusted.toString());
        }
        return new HttpSchemaRegistry(RegistrySettings.of(new UndertoneConfig(settings)), () -> 0);
    }

    @Test
    void shouldUseARegistryWhoseCertificateItWasTold() {
        assertThat(stub.url()).startsWith("https://");
        int id = registry(stub.url(), own.certificate()).idOf(SUBJECT, Model.getClassSchema());

        assertThat(registry(stub.url(), own.certificate()).schema(id)).isPresent();
        assertThat(stub.requests).contains("GET /schemas/ids/" + id);
    }

    @Test
    void shouldRefuseARegistryThatItWasNotToldToTrustAndSayWhatToSet() {
        for (Path trusted : new Path[] {null, others.certificate()}) {
            assertThatThrownBy(() -> registry(stub.url(), trusted).schema(1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(
                            "the certificate of the schema registry at " + stub.url() + " must be trusted")
                    .hasMessageContaining("schema.registry.ssl.truststore.location");
        }
        assertThat(stub.requests).isEmpty();
    }

    @Test
    void shouldRefuseACertificateOfAnotherAddress() throws Exception {
        try (StubRegistry elsewhere = StubRegistry.startTls(others.server())) {
            assertThatThrownBy(() ->
                            registry(elsewhere.url(), others.certificate()).schema(1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("must be trusted")
                    .hasMessageContaining("127.0.0.1");
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void shouldSayWhereARegistryDoesNotSpeakTls() throws Exception {
        try (StubRegistry plain = StubRegistry.start()) {
            String url = plain.url().replace("http:", "https:");
            assertThatThrownBy(() -> registry(url, own.certificate()).schema(1))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(url)
                    .hasMessageContaining("schema.registry.url");
        }
    }
}
