package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertone.audio.AudioFile;
import io.undertone.bundle.Bundle;
import io.undertone.bundle.BundleException;
import io.undertone.bundle.BundleFolder;
import io.undertone.bundle.Voter;
import io.undertone.bundle.Weights;
import io.undertone.config.ConfigSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come from outside, mutated: each is read, or refused with the exception that its reader documents. */
class InputFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122);
    private static final int FILES = Math.max(400, Integer.getInteger("fuzz.chunks", 20_000) / 50);

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);

    @Test
    void shouldReadOrRefuseAudioFiles() throws Exception {
        byte[] call = Files.readAllBytes(Path.of("demo/call.wav"));
        byte[] wav = Arrays.copyOf(call, 20_000);
        // A size of 0 says: to the end of the file.
        int data = new String(call, 0, 200, StandardCharsets.ISO_8859_1).indexOf("data");
        Arrays.fill(wav, data + 4, data + 8, (byte) 0);
        byte[] flac = new byte[600];
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = random.nextBoolean() ? mutated(wav, 64) : flac(flac);
            Path file = folder.resolve("audio");
            Files.write(file, bytes);
            try {
                assertThat(AudioFile.read(file).sampleRateHz()).isPositive();
                read++;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("audio");
            }
        }
        assertThat(read).isBetween(1, FILES - 1);
    }

    /** A true beginning and noise behind it: parameters of the stream first. */
    private byte[] flac(byte[] bytes) {
        random.nextBytes(bytes);
        byte[] head = {'f', 'L', 'a', 'C', (byte) 0x80, 0, 0, 34, 16, 0, 16, 0};
        System.arraycopy(head, 0, bytes, 0, random.nextInt(10) == 0 ? 4 : head.length);
        return bytes;
    }

    @Test
    void shouldReadOrRefuseBundles() throws Exception {
        Path telephone = BundleFolder.find(Path.of("").toAbsolutePath(), "telephone");
        List<Path> parts;
        try (Stream<Path> files = Files.list(telephone)) {
            parts = files.sorted().toList();
        }
        for (Path part : parts) {
            Files.copy(part, folder.resolve(part.getFileName().toString()));
        }
        assertThat(Bundle.open(folder).content().voterNames()).hasSize(6);
        for (int i = 0; i < FILES / 8; i++) {
            // The card and the report of 8 bits are for people: nothing reads them.
            Path part = parts.get(random.nextInt(parts.size()));
            String name = part.getFileName().toString();
            if (name.endsWith(".md") || name.equals("quantisation.json")) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(part);
            byte[] changed = mutated(bytes, bytes.length);
            Files.write(folder.resolve(name), changed);
            boolean same = Arrays.equals(bytes, changed);
            try {
                Bundle.open(folder);
                // A manifest can say other words; what is computed with must be what was hashed.
                assertThat(same || name.equals("bundle.json")).as(name).isTrue();
            } catch (BundleException e) {
                assertThat(e).hasMessageContaining(folder.toString());
            }
            Files.write(folder.resolve(name), bytes);
        }
    }

    /** Whoever can write the folder can write the hashes too: what the files say must be checked all the same. */
    @Test
    void shouldReadOrRefuseWeightsWhoseHashFits() throws Exception {
        Path telephone = BundleFolder.find(Path.of("").toAbsolutePath(), "telephone");
        Voter.Network voter = Bundle.open(telephone).content().networks().get(0);
        byte[] good = voter.weights().toBytes();
        int read = 0;
        for (int i = 0; i < FILES / 4; i++) {
            byte[] bytes = mutated(good, good.length);
            try {
                Weights weights = Weights.fromBytes(voter.weights().spec(), bytes);
                assertThat(weights.toBytes()).isEqualTo(bytes);
                read++;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("weights");
            }
        }
        assertThat(read).isBetween(1, FILES / 4 - 1);
    }

    @Test
    void shouldReadOrRefuseConfigurationFiles() throws Exception {
        byte[] good = String.join(
                        "\n",
                        "kafka.bootstrap.servers=localhost:9092",
                        "stages=features,inference",
                        "legs.max = 100",
                        "analysis.roles: CUSTOMER",
                        "speech.min.ratio=0.2",
                        "streams.num.stream.threads=2",
                        "web.token=s3cret",
                        "")
                .getBytes(StandardCharsets.UTF_8);
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            Path file = folder.resolve("undertone.properties");
            Files.write(file, mutated(good, good.length));
            try {
                new ConfigSources().file(file).load();
                read++;
            } catch (ConfigException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(read).isBetween(1, FILES - 1);
    }

    private byte[] mutated(byte[] bytes, int within) {
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(30));
                longer[longer.length - 1] = (byte) random.nextInt();
                yield longer;
            }
            default -> {
                byte[] changed = bytes.clone();
                for (int i = random.nextInt(5); i >= 0; i--) {
                    changed[random.nextInt(Math.min(within, changed.length))] = (byte) random.nextInt();
                }
                yield changed;
            }
        };
    }
}
