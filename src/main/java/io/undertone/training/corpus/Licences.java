package io.undertone.training.corpus;

import java.util.Collection;
import java.util.Map;

/** Under which licence the corpora that we know are shared, by their authors' word: what a model card must pass on. */
public final class Licences {
    private static final Map<String, String> KNOWN = Map.of(
            "ravdess", "CC BY-NC-SA 4.0 (Livingstone and Russo 2018, PLoS ONE 13(5): e0196391)",
            "nemo", "CC BY-NC-SA 4.0 (Christop 2024, LREC-COLING 2024, 12111-12116)",
            "tess", "CC BY-NC-ND 4.0 (Pichora-Fuller and Dupuis 2020)",
            "crema-d", "ODbL 1.0 (Cao et al. 2014)",
            "seed-features", "CC BY-NC-SA 4.0 and CC BY-NC-ND 4.0, as RAVDESS and TESS, from which it was computed");

    private Licences() {}

    /** What follows for weights that were learned from corpora of these names. */
    public static String ofWeights(Collection<String> corpora) {
        boolean nonCommercial = corpora.stream().anyMatch(corpus -> of(corpus).contains("-NC"));
        return (nonCommercial
                        ? "Weights learned from data for non-commercial use (see above): non-commercial use only, with attribution, and what"
                                + " is made of them under the same licence."
                        : "What the licences of the data allow (see above) is what these weights can be used for.")
                + " The program itself is GPL-3.0-or-later.";
    }

    /** The licence of a corpus, by its name. */
    public static String of(String corpus) {
        return KNOWN.getOrDefault(corpus, "not known here: as its authors say");
    }
}
