package io.undertone.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The eight colours, as eyes without red, green or blue cones see them: the matrices of Machado, Oliveira and Fernandes (2009), doi
 * 10.1109/TVCG.2009.113, at full severity, and distances in CIE L*a*b* (1976).
 */
class PaletteTest {
    private static final Map<String, double[][]> EYES = Map.of(
            "all cones", new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
            "protan",
                    new double[][] {
                        {0.152286, 1.052583, -0.204868},
                        {0.114503, 0.786281, 0.099216},
                        {-0.003882, -0.048116, 1.051998}
                    },
            "deutan",
                    new double[][] {
                        {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
                    },
            "tritan",
                    new double[][] {
                        {1.255528, -0.076749, -0.178779},
                        {-0.078411, 0.930809, 0.147602},
                        {0.004733, 0.691367, 0.303900}
                    });
    /** Side by side, 2.3 can just be seen. */
    private static final double LEAST_DISTANCE = 18;

    /** Least contrast of text, WCAG 2.2, 1.4.3. */
    private static final double TEXT_CONTRAST = 4.5;

    @ParameterizedTest
    @CsvSource({"0, light", "1, dark"})
    void shouldShowTextThatCanBeRead(int scheme, String name) {
        for (String text : List.of("ink", "quiet", "bad", "accent")) {
            for (String paper : List.of("paper", "card", "hover", "chosen", "bad-paper")) {
                double a = luminance(scheme, text) + 0.05;
                double b = luminance(scheme, paper) + 0.05;
                assertThat(Math.max(a, b) / Math.min(a, b))
                        .as("%s: %s on %s", name, text, paper)
                        .isGreaterThan(TEXT_CONTRAST);
            }
        }
    }

    /** Relative luminance of a colour of the style sheet, WCAG 2.2. */
    private static double luminance(int scheme, String name) {
        double[] linear = linear(scheme, name);
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    @ParameterizedTest
    @CsvSource({"0, light", "1, dark"})
    void shouldDifferForEveryEye(int scheme, String name) {
        EYES.forEach((eye, matrix) -> {
            for (int a = 0; a < Speech.LABELS.size(); a++) {
                for (int b = a + 1; b < Speech.LABELS.size(); b++) {
                    assertThat(distance(lab(scheme, a, matrix), lab(scheme, b, matrix)))
                            .as("%s, %s: %s and %s", name, eye, Speech.LABELS.get(a), Speech.LABELS.get(b))
                            .isGreaterThan(LEAST_DISTANCE);
                }
            }
        });
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    /** The colour of a label in the light (0) or dark (1) part of the style sheet. */
    private static double[] lab(int scheme, int label, double[][] eye) {
        double[] linear = linear(scheme, Speech.LABELS.get(label));
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double sum = eye[i][0] * linear[0] + eye[i][1] * linear[1] + eye[i][2] * linear[2];
            seen[i] = Math.min(1, Math.max(0, sum));
        }
        double x = cube((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
        double y = cube(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
        double z = cube((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    /** A colour of the style sheet, its light (0) or dark (1) part, without gamma: red, green, blue, [0, 1]. */
    private static double[] linear(int scheme, String name) {
        String css = new String(WebAsset.read("app.css").bytes(), StandardCharsets.UTF_8);
        Matcher colours = Pattern.compile("--" + name + ": #([0-9a-f]{6})").matcher(css);
        List<String> found = new ArrayList<>();
        while (colours.find()) {
            found.add(colours.group(1));
        }
        assertThat(found).as("--%s, light and dark", name).hasSize(2);
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = Integer.parseInt(found.get(scheme).substring(2 * i, 2 * i + 2), 16) / 255.0;
            linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double cube(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }
}
