package io.undertone.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

/** A frame's energies as bytes are as near as a 255th of its range lets them be. */
class LogMelBytesPropertyTest {
    private static final int BANDS = 40;

    @Property
    void shouldBeOffByHalfAStepAtMost(@ForAll @Size(BANDS) List<@FloatRange(min = -120, max = 30) Float> energies) {
        float[] logMel = new float[BANDS];
        for (int band = 0; band < BANDS; band++) {
            logMel[band] = energies.get(band);
        }
        float lowest = Float.MAX_VALUE;
        float highest = -Float.MAX_VALUE;
        for (float value : logMel) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        double step = Math.max(1, Math.ceil(highest) - Math.floor(lowest)) / 255;
        float[] back = back(logMel);
        for (int band = 0; band < BANDS; band++) {
            assertThat(Math.abs(back[band] - logMel[band])).isLessThanOrEqualTo((float) (step / 2 + 1e-4));
        }
    }

    @Example
    void shouldKeepDigitalSilenceAsItIs() {
        float[] silence = new float[BANDS];
        Arrays.fill(silence, -100);
        assertThat(back(silence)).containsExactly(silence);
    }

    /** What no audio holds: less than -128 dB is that, and of the 255 dB from the lowest on, what is louder is not. */
    @Example
    void shouldKeepToWhatBytesCanSay() {
        float[] odd = new float[BANDS];
        odd[0] = -400;
        odd[1] = -120;
        odd[2] = 200;
        assertThat(back(odd)[0]).isEqualTo(-128);
        assertThat(back(odd)[1]).isEqualTo(-120);
        assertThat(back(odd)[2]).isEqualTo(127);
    }

    @Example
    void shouldReadFramesWithAShortForTheLowest() {
        float[] logMel = new float[BANDS];
        for (int band = 0; band < BANDS; band++) {
            logMel[band] = -70.4f + band * 1.03f;
        }
        byte[] bytes = new byte[LogMelBytes.bytes(BANDS)];
        LogMelBytes.write(logMel, BANDS, bytes, 0);
        ByteBuffer withShort = ByteBuffer.allocate(LogMelBytes.bytesWithShort(BANDS));
        withShort.putShort(bytes[0]).put(bytes, 1, bytes.length - 1).flip();
        byte[] target = new byte[bytes.length + 3];
        LogMelBytes.writeWithShort(withShort, BANDS, target, 3);
        assertThat(Arrays.copyOfRange(target, 3, target.length)).containsExactly(bytes);
        assertThat(withShort.hasRemaining()).isFalse();
    }

    @Example
    void shouldReadFramesOfEarlierReleases() {
        float[] logMel = new float[BANDS];
        ByteBuffer halves = ByteBuffer.allocate(BANDS * Short.BYTES);
        for (int band = 0; band < BANDS; band++) {
            logMel[band] = Half.round(-70 + band * 1.03f);
            halves.putShort(Half.toHalf(logMel[band]));
        }
        byte[] bytes = new byte[LogMelBytes.bytes(BANDS) + 3];
        LogMelBytes.writeHalves(halves.flip(), BANDS, bytes, 3);
        assertThat(read(bytes, 3)).containsExactly(back(logMel));
        assertThat(halves.hasRemaining()).isFalse();
    }

    @Example
    void shouldReadSeveralFramesBehindThoseReadBefore() {
        byte[] bytes = new byte[2 * LogMelBytes.bytes(2)];
        LogMelBytes.write(new float[] {-70, -60}, 2, bytes, 0);
        LogMelBytes.write(new float[] {-50, -45}, 2, bytes, LogMelBytes.bytes(2));
        float[][] byBand = {{1, 0, 0, 2}, {3, 0, 0, 4}};
        LogMelBytes.read(bytes, 0, 2, 2, LogMelBytes.bytes(2), byBand, 1);
        assertThat(byBand[0]).containsExactly(1, -70, -50, 2);
        assertThat(byBand[1]).containsExactly(3, -60, -45, 4);
    }

    private static float[] back(float[] logMel) {
        byte[] bytes = new byte[LogMelBytes.bytes(BANDS)];
        LogMelBytes.write(logMel, BANDS, bytes, 0);
        return read(bytes, 0);
    }

    private static float[] read(byte[] bytes, int offset) {
        float[][] byBand = new float[BANDS][1];
        LogMelBytes.read(bytes, offset, 1, BANDS, LogMelBytes.bytes(BANDS), byBand, 0);
        float[] read = new float[BANDS];
        for (int band = 0; band < BANDS; band++) {
            read[band] = byBand[band][0];
        }
        return read;
    }
}
