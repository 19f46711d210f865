package io.undertone.training.calls;

import io.undertone.audio.AudioFile;
import io.undertone.audio.Recording;
import io.undertone.training.condition.Condition;
import io.undertone.training.corpus.CorpusException;
import io.undertone.training.hearing.FarEnd;
import io.undertone.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The customer's side of recorded calls: the right channel of a stereo recording. */
public final class CustomerSide {
    /** The customer's role in tables. */
    public static final String ROLE = "customer";

    private static final int CHANNEL = 1;

    private CustomerSide() {}

    /**
     * The windows with enough speech of a stereo recording's right channel.
     *
     * @throws CorpusException if it has only one
     */
    public static List<Window> ofStereo(FarEnd farEnd, Path file) throws IOException {
        Recording recording = AudioFile.read(file);
        if (recording.channels() <= CHANNEL) {
            throw new CorpusException("A call must be stereo, left agent, right customer: " + file + ": channels="
                    + recording.channels());
        }
        return windows(farEnd, recording, CHANNEL);
    }

    /** The same, also for a mono recording, which is taken for the customer's. */
    public static List<Window> of(FarEnd farEnd, Path file) throws IOException {
        Recording recording = AudioFile.read(file);
        return windows(farEnd, recording, Math.min(CHANNEL, recording.channels() - 1));
    }

    private static List<Window> windows(FarEnd farEnd, Recording recording, int channel) {
        return farEnd.windows(Condition.CLEAN.apply(recording.channel(channel), recording.sampleRateHz(), 0, ""));
    }
}
