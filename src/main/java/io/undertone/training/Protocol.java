package io.undertone.training;

/** How data is split into training and test sets; named in every report, with what its figures mean. */
public enum Protocol {
    /** The original's random split of rows after SMOTE. */
    REFERENCE(
            "reference",
            "SMOTE over all rows, then a random split of rows. Overstates: clips of the same speaker, and synthetic rows drawn"
                    + " between training and test rows, stand on both sides of the split, so this measures how well voices"
                    + " already known are recognised, not those of new speakers."),
    /** Speakers held out. */
    SPEAKER_INDEPENDENT(
            "speaker-independent",
            "Whole speakers are held out by fold: each training leaves out a fold of every corpus that is measured (several"
                    + " of one that has more folds than there are trainings), and each fold is scored on its own clips. SMOTE, standardisation and augmentation see the training"
                    + " side only, and recordings that come twice are dropped. The corpora are acted and their sentences few and known, so"
                    + " expect less on real calls."),
    /** Entire corpora held out. */
    CROSS_CORPUS(
            "cross-corpus",
            "A whole corpus is held out: the recipe is fitted to all others and scored on all of it, so neither speakers, sentences, language"
                    + " nor recording are known. Labels that the others lack are left out, but for coarser questions. A fifth of the speakers of"
                    + " ordinary speech is held out, too, for the false alarms. Corpora may differ in what they call an emotion."),
    /** A finished bundle on a corpus. */
    BUNDLE(
            "bundle",
            "A finished bundle, measured on the recordings given. Independent of the speaker only where the bundle was not"
                    + " trained on these speakers.");

    private final String id;
    private final String meaning;

    Protocol(String id, String meaning) {
        this.id = id;
        this.meaning = meaning;
    }

    /** Its name in reports. */
    public String id() {
        return id;
    }

    /** What it does and what its figures mean. */
    public String meaning() {
        return meaning;
    }
}
