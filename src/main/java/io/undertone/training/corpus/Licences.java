package io.undertone.training.corpus;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The licences of known corpora, as stated by their authors, for model cards. */
public final class Licences {
    private static final String CREMA_D =
            "ODbL 1.0, contents DbCL 1.0 (Cao et al. 2014, IEEE Trans. Affective Computing 5(4), 377-390)";

    private static final Map<String, String> KNOWN = Map.ofEntries(
            entry("ravdess", "CC BY-NC-SA 4.0 (Livingstone and Russo 2018, PLoS ONE 13(5): e0196391)"),
            entry("nemo", "CC BY-NC-SA 4.0 (Christop 2024, LREC-COLING 2024, 12111-12116)"),
            entry("tess", "CC BY-NC-ND 4.0 (Pichora-Fuller and Dupuis 2020)"),
            entry("crema-d", CREMA_D),
            entry("cremad", CREMA_D),
            entry("emodb", "CC0 1.0 as audEERING publishes it (Burkhardt et al. 2005, Interspeech, 1517-1520)"),
            entry("emotiontts", "CC BY-NC-SA 4.0 (EmotionTTS open DB, Korean)"),
            entry("librispeech", "CC BY 4.0 (Panayotov et al. 2015, ICASSP, 5206-5210)"),
            entry(
                    "speechocean",
                    "free for commercial and other use (speechocean762, Zhang et al. 2021, Interspeech, 3710-3714)"),
            entry(
                    "announcers",
                    "CC BY-SA 3.0 (Asterisk's core sounds; Menardi's Italian prompts) and GPL-2.0-or-later (prompts of"
                            + " asterisk-prompt-es-co and -fr-armelle), from Debian's packages"),
            entry("volunteers", "GPL-2.0-or-later (voices of KLettres and KTuberling), from Debian's packages"),
            entry(
                    "seed-features",
                    "CC BY-NC-SA 4.0 and CC BY-NC-ND 4.0, as RAVDESS and TESS, from which it was computed"));

    /** Corpora whose licences allow commercial use, including of models trained on them, with attribution. */
    private static final Set<String> COMMERCIAL = Set.of("crema-d", "cremad", "emodb", "librispeech", "speechocean");

    private Licences() {}

    /** The terms for weights that were trained on these corpora. */
    public static String ofWeights(Collection<String> corpora) {
        boolean nonCommercial = corpora.stream().anyMatch(corpus -> of(corpus).contains("-NC"));
        return (nonCommercial
                        ? "Weights learned from data for non-commercial use (see above): non-commercial use only, with attribution, and what"
                                + " is made of them under the same licence."
                        : !corpora.isEmpty() && COMMERCIAL.containsAll(corpora)
                                ? "Weights learned from data that may be used commercially (see above): commercial and other use, with"
                                        + " attribution of the corpora."
                                : "What the licences of the data allow (see above) is what these weights can be used for.")
                + " The program itself is GPL-3.0-or-later.";
    }

    /** The licence of a corpus, by its name. */
    public static String of(String corpus) {
        return KNOWN.getOrDefault(corpus, "not known here: as its authors say");
    }
}
