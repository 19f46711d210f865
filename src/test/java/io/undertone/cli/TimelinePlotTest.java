package io.undertone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertone.training.corpus.Utterance;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelinePlotTest {
    private static final int HAPPY = 0xEDC948;
    private static final int SAD = 0x4E79A7;
    private static final int ANGRY = 0xE15759;

    @TempDir
    Path folder;

    /** 70 s at 1,000 Hz, loud in the second half. */
    private static LevelCurve level() {
        float[] samples = new float[70_000];
        for (int i = samples.length / 2; i < samples.length; i++) {
            samples[i] = i % 2 == 0 ? 0.5f : -0.5f;
        }
        LevelCurve level = new LevelCurve(1_000);
        level.add(samples, samples.length);
        return level;
    }

    @Test
    void shouldDrawEachLegWithWhatWasSaidOfIt() throws Exception {
        TimelinePlot plot = new TimelinePlot();
        plot.add("call-1, customer", level(), List.of(Records.event()), 1_000, List.of());
        plot.add("call-2, customer: no speech", level(), List.of(), 1_000, List.of());
        Path file = folder.resolve("timeline.png");

        plot.write(file);

        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).isEqualTo(1_200);
        assertThat(picture.getHeight()).isEqualTo(720);
        // 64.5 s of 70 s: the middle of the window from 63 s to 66 s; under it, what was voted.
        int x = 70 + (int) (64.5 / 70 * 1010);
        assertThat(colour(picture, x, 34 + 190 + 8 + 2)).isEqualTo(HAPPY);
        assertThat(colour(picture, x - 40, 34 + 190 + 8 + 2)).isEqualTo(0xFFFFFF);
        assertThat(colours(picture, 360, x)).doesNotContain(HAPPY, SAD);
    }

    @Test
    void shouldDrawTheLevelOfTheAudio() throws Exception {
        TimelinePlot plot = new TimelinePlot();
        plot.add("call-1, customer", level(), List.of(), 1_000, List.of());
        plot.write(folder.resolve("level.png"));

        BufferedImage picture = ImageIO.read(folder.resolve("level.png").toFile());
        int middle = 34 + 190 / 2;
        assertThat(colour(picture, 70 + 200, middle)).isEqualTo(0xFFFFFF);
        assertThat(colour(picture, 70 + 800, middle)).isNotEqualTo(0xFFFFFF);
    }

    @Test
    void shouldDrawWhatWasReallySpokenBesideIt() throws Exception {
        Path table = folder.resolve("truth.csv");
        Files.writeString(
                table,
                "call,role,start_ms,end_ms,label,source\n"
                        + "call-1,customer,10000,20000,angry,a.flac\n"
                        + "call-1,agent,30000,40000,sad,b.flac\n"
                        + "call-9,customer,50000,60000,sad,c.flac\n");
        TimelinePlot plot = new TimelinePlot();
        plot.add(
                "call-1, customer",
                level(),
                List.of(),
                1_000,
                Utterance.of(Utterance.read(table), "call-1", "customer"));
        plot.write(folder.resolve("truth.png"));

        BufferedImage picture = ImageIO.read(folder.resolve("truth.png").toFile());
        int y = 34 + 190 + 8 + 22 + 8 + 2;
        assertThat(colour(picture, 70 + 1010 * 15 / 70, y)).isEqualTo(ANGRY);
        assertThat(colour(picture, 70 + 1010 * 35 / 70, y)).isEqualTo(0xFFFFFF);
        assertThat(colour(picture, 70 + 1010 * 55 / 70, y)).isEqualTo(0xFFFFFF);
    }

    @Test
    void shouldSayWhatIsWrongWithATable() throws Exception {
        Path table = folder.resolve("bad.csv");
        Files.writeString(table, "call,role,start_ms,label\n");
        assertThatThrownBy(() -> Utterance.read(table)).hasMessageContaining("end_ms");
        Files.writeString(table, "call,role,start_ms,end_ms,label\nc,customer,soon,1,sad\n");
        assertThatThrownBy(() -> Utterance.read(table)).hasMessageContaining("line 2: start_ms=soon");
        assertThatThrownBy(() -> Utterance.read(folder.resolve("none.csv"))).hasMessageContaining("there is no file");
    }

    /** The whole command, with the table found beside the audio. */
    @Test
    void shouldPlotACallFromTheCommandLine() throws Exception {
        Path call = Files.copy(Path.of("demo/call.wav"), folder.resolve("call.wav"));
        Files.writeString(
                folder.resolve("truth.csv"), "call,role,start_ms,end_ms,label\ncall,customer,0,44600,surprised\n");
        Path picture = folder.resolve("call.png");

        CommandRunner.Result result =
                new CommandRunner().run("classify", call.toString(), "--plot", picture.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        BufferedImage drawn = ImageIO.read(picture.toFile());
        assertThat(colour(drawn, 71, 34 + 190 + 8 + 22 + 8 + 2)).isEqualTo(0xF28E2B);
    }

    private static int colour(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) & 0xFFFFFF;
    }

    private static Set<Integer> colours(BufferedImage picture, int fromY, int x) {
        Set<Integer> colours = new HashSet<>();
        for (int y = fromY; y < picture.getHeight(); y++) {
            colours.add(colour(picture, x, y));
        }
        return colours;
    }
}
