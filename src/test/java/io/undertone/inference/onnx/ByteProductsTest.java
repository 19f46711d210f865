package io.undertone.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ByteProductsTest {
    @Test
    void shouldKnowProcessorsThatAddProductsIn32Bits() {
        assertThat(ByteProducts.areExact(
                        List.of("processor\t: 0", "flags\t\t: fpu avx2 avx512_vnni amx_int8", "bugs\t: none")))
                .isTrue();
        assertThat(ByteProducts.areExact(List.of("flags\t\t: fpu avx2 avx_vnni")))
                .isTrue();
        assertThat(ByteProducts.areExact(List.of("Features\t: fp asimd asimddp")))
                .isTrue();
    }

    @Test
    void shouldTakeEveryCoreToNeedIt() {
        assertThat(ByteProducts.areExact(List.of("flags\t\t: fpu avx2", "flags\t\t: fpu avx2 avx_vnni")))
                .isFalse();
        assertThat(ByteProducts.areExact(List.of("flags\t\t: fpu avx2 avx512f")))
                .isFalse();
        assertThat(ByteProducts.areExact(List.of("Features\t: fp asimd"))).isFalse();
        // A word that only begins alike, another line, or nothing.
        assertThat(ByteProducts.areExact(List.of("flags\t\t: avx512_vnni_not"))).isFalse();
        assertThat(ByteProducts.areExact(List.of("vmx flags\t: avx512_vnni"))).isFalse();
        assertThat(ByteProducts.areExact(List.of())).isFalse();
    }
}
