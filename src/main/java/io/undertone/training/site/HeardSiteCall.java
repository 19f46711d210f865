package io.undertone.training.site;

import io.undertone.bundle.Persistence;
import io.undertone.training.calls.CallOpinions;
import io.undertone.vote.LabelShift;
import io.undertone.vote.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A recorded call with all voters' opinions, so that any readout can be applied exactly. */
public final class HeardSiteCall implements SiteCall {
    private final String name;
    private final List<String> labels;
    private final CallOpinions opinions;

    /** @param opinions uncorrected, of {@code labels} in that order */
    public HeardSiteCall(String name, List<String> labels, CallOpinions opinions) {
        this.name = name;
        this.labels = List.copyOf(labels);
        this.opinions = opinions;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<SiteWindow> judged(Readout readout) {
        return windows(readout, readout.persistence());
    }

    @Override
    public List<SiteWindow> judgedAlone(Readout readout) {
        return windows(readout, Persistence.NONE);
    }

    private List<SiteWindow> windows(Readout readout, Persistence persistence) {
        List<Verdict> verdicts = opinions.readWith(LabelShift.of(readout.priors(), labels))
                .verdicts(labels, persistence, readout.temperature());
        List<SiteWindow> windows = new ArrayList<>();
        for (int i = 0; i < verdicts.size(); i++) {
            int truth = opinions.windows().get(i).label();
            Verdict verdict = verdicts.get(i);
            windows.add(new SiteWindow(
                    truth < 0 ? SiteWindow.UNKNOWN : labels.get(truth), verdict.label(), verdict.probabilities()));
        }
        return windows;
    }
}
