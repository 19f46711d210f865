package io.undertone.caller;

import io.undertone.audio.AudioStream;
import io.undertone.audio.PcmEncoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays audio through a {@link Caller}, frame by frame. */
public final class CallPlayer {
    /** In place of a channel: there is no other side. */
    public static final int NOBODY = -1;

    private CallPlayer() {}

    /** Plays the audio to its end; caller and audio stay open.
     *
     * @param customer the customer's channel
     * @param other the other side's channel, or {@link #NOBODY}
     * @param speed multiple of real time; infinite for as fast as possible
     */
    public static void play(AudioStream audio, int customer, int other, double speed, Caller caller)
            throws IOException, InterruptedException {
        int rate = audio.sampleRateHz();
        int frame = rate * caller.frameMs() / 1_000;
        float[][] samples = new float[audio.channels()][frame];
        long startNanos = System.nanoTime();
        long from = 0;
        for (int count = audio.read(samples, frame); count > 0; count = audio.read(samples, frame)) {
            // Sent once its last sample has been spoken.
            double spokenNanos = (from + count) * 1e9 / rate;
            long waitNanos =
                    Double.isInfinite(speed) ? 0 : (long) (spokenNanos / speed) - (System.nanoTime() - startNanos);
            if (waitNanos > 0) {
                TimeUnit.NANOSECONDS.sleep(waitNanos);
            }
            List<byte[]> others =
                    other == NOBODY ? List.of() : List.of(PcmEncoder.encode(caller.format(), samples[other], 0, count));
            caller.frame(from * 1_000 / rate, PcmEncoder.encode(caller.format(), samples[customer], 0, count), others);
            from += count;
        }
    }
}
