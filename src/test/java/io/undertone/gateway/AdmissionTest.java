package io.undertone.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AdmissionTest {
    @Test
    void shouldLetInNoMoreThanThereIsRoomFor() throws RefusedException {
        Admission admission = new Admission(3, 2);
        admission.enter("a");
        admission.enter("a");
        assertThatThrownBy(() -> admission.enter("a"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.ADDRESS));
        admission.enter("b");
        assertThatThrownBy(() -> admission.enter("c"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.SESSIONS));
        admission.leave("a");
        admission.enter("a");
        assertThat(admission.sessions()).isEqualTo(3);
    }
}
