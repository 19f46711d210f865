package io.undertone.training.frames;

/**
 * What a corpus counts in training.
 *
 * @param weight how often one of its clips is heard, relative to other corpora's; above 0
 * @param copies lines that each of its clips is heard over
 * @param treeCopies how many of those the trees learn from
 * @param treeWeight what one of those counts in the trees
 */
record CorpusShare(double weight, int copies, int treeCopies, float treeWeight) {
    CorpusShare {
        if (!(weight > 0) || copies < 1 || treeCopies < 0 || treeCopies > copies || !(treeWeight > 0)) {
            throw new IllegalArgumentException(
                    "weight and treeWeight must be > 0, copies >= 1, treeCopies 0 to copies: weight=" + weight
                            + ", copies=" + copies + ", treeCopies=" + treeCopies + ", treeWeight=" + treeWeight);
        }
    }
}
