package io.undertone.inference.onnx;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.undertone.bundle.BundleContent;
import io.undertone.bundle.Quantisation;
import io.undertone.window.Window;
import java.util.List;

/** Bundles with ranges, for tests. */
public final class EightBits {
    private EightBits() {}

    /** Skips a test that needs sums of products of bytes to be exact. */
    public static void areNeeded() {
        assumeThat(ByteProducts.areExact())
                .as("skipped: the processor has none of " + ByteProducts.FLAGS)
                .isTrue();
    }

    /** The same bundle with ranges that some windows show. */
    public static BundleContent learned(BundleContent content, List<Window> windows) {
        try (ActivationRanges ranges = ActivationRanges.open(content, 1)) {
            ranges.add(windows);
            return with(content, new Quantisation("random numbers", ranges.windows(), ranges.ranges()));
        }
    }

    /** The same bundle with these ranges. */
    public static BundleContent with(BundleContent content, Quantisation ranges) {
        return content.quantised(
                content.version(),
                ranges,
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
    }
}
