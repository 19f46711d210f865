package io.undertone;

import io.undertone.features.FrontEndTurns;
import io.undertone.inference.onnx.EngineTurns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Undertone beside its peers, as one table of ratios: the five networks of {@code reference} on ONNX Runtime as they are served, on ONNX
 * Runtime as exported, on TensorFlow Java and on Deeplearning4j, and the front end beside TarsosDSP's MFCC and, where Python has them,
 * librosa, torchaudio and openSMILE ({@code src/jmh/python/front_ends.py}). Run from the project's folder.
 */
public final class Peers {
    private static final String PYTHON = "src/jmh/python/front_ends.py";
    private static final String SERVED = "onnx";
    private static final String OUR_FRONT_END = "Undertone, reference";

    private Peers() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println("| five networks of reference | batch | threads | us of CPU a window | times as served |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        for (int threads : new int[] {1, 2}) {
            for (int batch : new int[] {32, 128}) {
                engines(threads, batch);
            }
        }
        System.out.println();
        System.out.println("| front end | s of audio a second of one core | of Undertone's |");
        System.out.println("| --- | ---: | ---: |");
        Map<String, Double> audio = new LinkedHashMap<>(FrontEndTurns.audioSeconds());
        List<String> missing = python(audio);
        double ours = audio.getOrDefault(OUR_FRONT_END, Double.NaN);
        audio.forEach((name, seconds) ->
                System.out.printf(Locale.ROOT, "| %s | %,.0f | %.2f |%n", name, seconds, seconds / ours));
        missing.forEach(name -> System.out.printf("| %s | not measured | |%n", name));
        System.exit(0); // Native threads of the engines may be left.
    }

    private static void engines(int threads, int batch) {
        Map<String, Double> micros =
                EngineTurns.micros("reference", threads, List.of(SERVED, "onnxPlain", "tensorflow", "dl4j"), batch);
        double served = micros.getOrDefault(SERVED, Double.NaN);
        micros.forEach((name, each) -> System.out.printf(
                Locale.ROOT, "| %s | %d | %d | %.0f | %.2f |%n", name, batch, threads, each, each / served));
    }

    /** Adds what Python has; returns what it has not, each with the reason. */
    private static List<String> python(Map<String, Double> audio) throws IOException, InterruptedException {
        Process python = new ProcessBuilder("python3", PYTHON)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> missing = new java.util.ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(python.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", 3);
                if (parts[1].equals("-")) {
                    missing.add(parts[0] + ": " + parts[2]);
                } else {
                    audio.put(parts[0], Double.parseDouble(parts[1]));
                }
            }
        }
        python.waitFor();
        return missing;
    }
}
