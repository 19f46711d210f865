package io.undertone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the example of the specification. */
class SignatureTest {
    private static final String SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl";
    private static final String BODY = "{\"event_type\":\"ping\",\"data\":{\"success\":true}}";
    private static final String SIGNED = "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=";

    @Test
    void shouldSignAsTheSpecificationDoes() {
        assertThat(new Signature(List.of(SECRET)).of("msg_loFOjxBNrRLzqYUf", 1731705121, BODY))
                .isEqualTo(SIGNED);
    }

    @Test
    void shouldSignWithEverySecret() {
        String other = "whsec_" + "A".repeat(32);
        String alone = new Signature(List.of(other)).of("msg_loFOjxBNrRLzqYUf", 1731705121, BODY);

        assertThat(new Signature(List.of(other, SECRET)).of("msg_loFOjxBNrRLzqYUf", 1731705121, BODY))
                .isEqualTo(alone + " " + SIGNED);
        assertThat(alone).startsWith("v1,").isNotEqualTo(SIGNED);
    }
}
