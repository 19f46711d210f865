package io.undertone.window;

import be.tarsos.dsp.AudioEvent;
import be.tarsos.dsp.io.TarsosDSPAudioFormat;
import be.tarsos.dsp.mfcc.MFCC;
import io.undertone.audio.SampleFormat;
import io.undertone.audio.StreamingResampler;
import io.undertone.features.FeatureSpec;
import io.undertone.features.FeatureSpecs;
import io.undertone.features.FrontEnd;
import io.undertone.features.LogMelProcessor;
import io.undertone.ingest.Chunk;
import io.undertone.ingest.ChunkRefusedException;
import io.undertone.ingest.EndReason;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * A quick measure, no test: seconds of audio a second of this thread's processor time, of the front end alone and of whole legs, beside TarsosDSP's
 * own MFCC with 128 filters at the same frame and hop. Median of seven rounds, after a warm-up. Run it from the test class path:
 * {@code java -cp target/classes:target/test-classes:... io.undertone.window.FrontEndSpeed}.
 */
final class FrontEndSpeed {
    private static final int AUDIO_S = 60;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static float sink;

    private FrontEndSpeed() {}

    public static void main(String[] args) {
        float[] wide = Audio.voice(AUDIO_S * 22_050, 22_050, 1);
        float[] narrow = Audio.voice(AUDIO_S * 8_000, 8_000, 1);
        FeatureSpec reference = FeatureSpecs.reference();
        FeatureSpec telephone = FeatureSpecs.telephone();
        measure("TarsosDSP MFCC, 2048/512, 128 filters, 22.05 kHz", wide, FrontEndSpeed::tarsos);
        measure("log-mel, reference, 22.05 kHz", wide, audio -> logMel(reference, audio));
        measure("log-mel, telephone, 8 kHz", narrow, audio -> logMel(telephone, audio));
        FeatureSpec pitched = telephone.withPitch(FeatureSpecs.TELEPHONE_PITCH);
        measure("log-mel and pitch, telephone-pitch, 8 kHz", narrow, audio -> logMel(pitched, audio));
        measure("resampler 8 -> 22.05 kHz", narrow, FrontEndSpeed::resample);
        List<Chunk> chunks = Audio.chunks(narrow, 8_000, SampleFormat.MULAW, 1_600);
        List<Chunk> small = Audio.chunks(narrow, 8_000, SampleFormat.MULAW, 160);
        measure("leg, telephone, 8 kHz mu-law, 200 ms chunks", narrow, audio -> leg(telephone, chunks, 0));
        measure("leg, telephone-pitch, 8 kHz mu-law, 200 ms chunks", narrow, audio -> leg(pitched, chunks, 0));
        measure("leg, telephone, 8 kHz mu-law, 20 ms chunks", narrow, audio -> leg(telephone, small, 0));
        measure("leg, reference, 8 kHz mu-law, 200 ms chunks", narrow, audio -> leg(reference, chunks, 0));
        measure("leg, telephone, 200 ms chunks, state written each", narrow, audio -> leg(telephone, chunks, 1));
        measure(
                "leg, telephone, 200 ms chunks, state written and read each",
                narrow,
                audio -> leg(telephone, chunks, 2));
        measure("leg, reference, 200 ms chunks, state written each", narrow, audio -> leg(reference, chunks, 1));
        measure(
                "leg, reference, 200 ms chunks, state written and read each",
                narrow,
                audio -> leg(reference, chunks, 2));
    }

    private static void measure(String what, float[] audio, ToIntFunction<float[]> work) {
        long warmUntil = System.nanoTime() + 2_000_000_000L;
        while (System.nanoTime() < warmUntil) {
            sink += work.applyAsInt(audio);
        }
        double[] rates = new double[7];
        for (int round = 0; round < rates.length; round++) {
            long began = CPU.getCurrentThreadCpuTime();
            int times = 0;
            do {
                sink += work.applyAsInt(audio);
                times++;
            } while (CPU.getCurrentThreadCpuTime() - began < 300_000_000L);
            rates[round] = times * AUDIO_S * 1e9 / (CPU.getCurrentThreadCpuTime() - began);
        }
        Arrays.sort(rates);
        if (Float.isNaN(sink)) {
            throw new AssertionError("not a number came out");
        }
        System.out.printf(Locale.ROOT, "%-62s %8.0f s/s (%.0f to %.0f)%n", what, rates[3], rates[0], rates[6]);
    }

    private static int tarsos(float[] audio) {
        MFCC mfcc = new MFCC(2_048, 22_050, 40, 128, 0, 11_025);
        AudioEvent event = new AudioEvent(new TarsosDSPAudioFormat(22_050, 16, 1, true, false));
        float[] frame = new float[2_048];
        for (int from = 0; from + frame.length <= audio.length; from += 512) {
            System.arraycopy(audio, from, frame, 0, frame.length);
            event.setFloatBuffer(frame);
            mfcc.process(event);
            sink += mfcc.getMFCC()[0];
        }
        return 1;
    }

    private static int logMel(FeatureSpec spec, float[] audio) {
        LogMelProcessor processor = FrontEnd.of(spec).processor();
        for (int from = 0; from + spec.frameSamples() <= audio.length; from += spec.hopSamples()) {
            processor.frame(audio, from);
            sink += processor.logMel()[0];
        }
        return 1;
    }

    private static int resample(float[] audio) {
        StreamingResampler resampler = new StreamingResampler(8_000, 22_050);
        float[] output = new float[resampler.maxOutputs(512)];
        int made = 0;
        for (int from = 0; from + 512 <= audio.length; from += 512) {
            made += resampler.process(audio, from, 512, output, 0);
            resampler.keepFrom(resampler.nextOutput());
        }
        return made;
    }

    private static int leg(FeatureSpec spec, List<Chunk> chunks, int store) {
        try {
            Leg leg = Leg.open(spec, LegSettings.DEFAULT, chunks.get(0), 0);
            for (Chunk chunk : chunks) {
                leg.accept(chunk, 0, window -> sink += window.get(0));
                if (store > 0) {
                    byte[] bytes = leg.toBytes();
                    sink += bytes.length;
                    leg = store > 1 ? Leg.fromBytes(spec, LegSettings.DEFAULT, bytes) : leg;
                }
            }
            return leg.end(EndReason.IDLE, window -> sink += window.get(0)).windows();
        } catch (ChunkRefusedException e) {
            throw new AssertionError(e);
        }
    }
}
