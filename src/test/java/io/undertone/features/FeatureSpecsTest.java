package io.undertone.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureSpecsTest {
    @Test
    void shouldSurviveJson() throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        for (FeatureSpec spec : List.of(
                FeatureSpecs.reference(),
                FeatureSpecs.telephone(),
                FeatureSpecs.telephoneVoice(),
                FeatureSpecs.telephoneVoice().withPitch(FeatureSpecs.TELEPHONE_PITCH),
                FeatureSpecs.telephoneVoice()
                        .withPitch(FeatureSpecs.TELEPHONE_PITCH)
                        .withContrast(FeatureSpecs.TELEPHONE_CONTRAST))) {
            String text = json.writeValueAsString(FeatureSpecs.toJson(spec));
            FeatureSpec read = FeatureSpecs.fromJson(json.readTree(text));
            assertThat(read).isEqualTo(spec);
            assertThat(read.fingerprint()).isEqualTo(spec.fingerprint()).matches("[0-9a-f]{16}");
        }
        assertThat(FeatureSpecs.reference().fingerprint())
                .isNotEqualTo(FeatureSpecs.telephone().fingerprint());
    }

    /** Bundles and windows of earlier releases name their spec by these. */
    @Test
    void shouldKeepFingerprintsOfSpecsThatAskForNothingNew() {
        assertThat(FeatureSpecs.reference().fingerprint()).isEqualTo("4c74dd2100bb9769");
        assertThat(FeatureSpecs.telephone().fingerprint()).isEqualTo("31a1427bbd53a8cf");
        assertThat(FeatureSpecs.toJson(FeatureSpecs.telephone()).has("voice")).isFalse();
        assertThat(FeatureSpecs.toJson(FeatureSpecs.telephone()).has("pitch")).isFalse();
        assertThat(FeatureSpecs.toJson(FeatureSpecs.telephone())
                        .at("/gate/leavesOutLost")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void shouldTellSpecsApartByHowTheyTellVoices() {
        FeatureSpec spec = FeatureSpecs.telephoneVoice();
        VoiceSpec voice = spec.voice();
        assertThat(voice).isNotNull();
        assertThat(spec.withVoice(null).fingerprint()).isNotEqualTo(spec.fingerprint());
        assertThat(spec.withVoice(new VoiceSpec(voice.network(), voice.sha256(), 0.9, 0.9, voice.pitch()))
                        .fingerprint())
                .isNotEqualTo(spec.fingerprint());
    }

    /** The bundles made before are of detectors that read no pitch: their specs, and fingerprints, stay. */
    @Test
    void shouldReadADetectorWithoutPitch() {
        PitchSpec pitch = FeatureSpecs.TELEPHONE_PITCH;
        String sha256 = "53af02a0a38b378a3eef5bc45d7639a5ee928bb541cfc67e41ae31653f7f082e";
        FeatureSpec before = FeatureSpecs.telephone()
                .with(
                        FeatureSpecs.TELEPHONE_GATE.leavingOutLost(),
                        new VoiceSpec("telephone-3", sha256, 0.2, 0.9, null));
        assertThat(FeatureSpecs.toJson(before).path("voice").has("pitch")).isFalse();
        assertThat(FeatureSpecs.fromJson(FeatureSpecs.toJson(before))).isEqualTo(before);
        assertThat(before.withContrast(FeatureSpecs.TELEPHONE_CONTRAST).fingerprint())
                .as("that of telephone 2.5.0")
                .isEqualTo("bfb73b5622936315");
        assertThat(before.trackedPitch()).isNull();
        FeatureSpec pitched = before.withVoice(new VoiceSpec("telephone-3", sha256, 0.2, 0.9, pitch));
        assertThat(pitched.trackedPitch()).isEqualTo(pitch);
        assertThat(pitched.rowValues()).isEqualTo(40);
        assertThat(pitched.fingerprint()).isNotEqualTo(before.fingerprint());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pitched.withPitch(new PitchSpec(80, 400, 2_000, 0.05, 0.45)))
                .withMessageContaining("voice must find the pitch as rows and contrast do");
    }

    @Test
    void shouldRefuseADetectorThatReadsOtherNumbers() {
        VoiceSpec voice = FeatureSpecs.telephoneVoice().voice();
        assertThat(voice).isNotNull();
        FeatureSpec without = FeatureSpecs.telephone()
                .withVoice(
                        new VoiceSpec(voice.network(), voice.sha256(), voice.threshold(), voice.persistence(), null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrontEnd.of(without))
                .withMessageContaining("voice.network must read 164 numbers with pitch=null: inputs=189");
    }

    @Test
    void shouldTellSpecsApartByPitch() {
        FeatureSpec pitched = FeatureSpecs.telephone().withPitch(FeatureSpecs.TELEPHONE_PITCH);
        assertThat(pitched.rowValues()).isEqualTo(43);
        assertThat(pitched.fingerprint())
                .isNotEqualTo(FeatureSpecs.telephone().fingerprint())
                .isNotEqualTo(pitched.withPitch(new PitchSpec(80, 400, 2_000, 0.05, 0.45))
                        .fingerprint());
        assertThat(pitched.withVoice(null).withPitch(null)).isEqualTo(FeatureSpecs.telephone());
    }

    @Test
    void shouldTellSpecsApartByContrast() {
        PitchSpec pitch = FeatureSpecs.TELEPHONE_PITCH;
        FeatureSpec compared = FeatureSpecs.telephone().withContrast(FeatureSpecs.TELEPHONE_CONTRAST);
        assertThat(compared.rowValues()).isEqualTo(40);
        assertThat(compared.contrastValues()).isEqualTo(5);
        assertThat(compared.trackedPitch()).isEqualTo(pitch);
        assertThat(compared.fingerprint()).isNotEqualTo(FeatureSpecs.telephone().fingerprint());
        assertThat(compared.withContrast(null)).isEqualTo(FeatureSpecs.telephone());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureSpecs.reference().withContrast(FeatureSpecs.TELEPHONE_CONTRAST))
                .withMessageContaining("contrast must be null where pooling is not FRAMES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compared.withPitch(new PitchSpec(80, 400, 2_000, 0.05, 0.45)))
                .withMessageContaining("contrast.pitch and pitch must be equal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compared.withContrast(new ContrastSpec(3, 6, pitch, 0.3, 3, 1)))
                .withMessageContaining("bandGroups=3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContrastSpec(4, 0, pitch, 0.3, 3, 1))
                .withMessageContaining("scaleDb=0");
    }

    @Test
    void shouldNameWhatIsWrongInJson() {
        ObjectNode missing = FeatureSpecs.toJson(FeatureSpecs.telephone());
        missing.remove("hopSamples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureSpecs.fromJson(missing))
                .withMessageContaining("hopSamples");
        ObjectNode unknown = FeatureSpecs.toJson(FeatureSpecs.telephone());
        unknown.put("hopSample", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureSpecs.fromJson(unknown))
                .withMessageContaining("hopSample");
        ObjectNode wrong = FeatureSpecs.toJson(FeatureSpecs.telephone());
        wrong.put("fftSamples", 300);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureSpecs.fromJson(wrong))
                .withMessageContaining("fftSamples=300");
    }
}
