package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelinePlotTest {
    @TempDir
    private Path folder;

    @Test
    void shouldDrawAChartForEachLeg() throws Exception {
        TimelinePlot plot = new TimelinePlot();
        plot.add("call-1, customer", List.of(Records.event()), 1_000);
        plot.add("call-2, customer: no speech", List.of(), 1_000);
        Path file = folder.resolve("timeline.png");

        plot.write(file);

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(1_200);
        assertThat(picture.getHeight()).isEqualTo(720);
        assertThat(colours(picture)).contains(0xEDC948, 0x4E79A7);
    }

    private static java.util.Set<Integer> colours(BufferedImage picture) {
        java.util.Set<Integer> colours = new java.util.HashSet<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colours.add(picture.getRGB(x, y) & 0xFFFFFF);
            }
        }
        return colours;
    }
}
