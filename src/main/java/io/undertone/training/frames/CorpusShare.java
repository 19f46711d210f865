package io.undertone.training.frames;

/**
 * The weight of a corpus in training.
 *
 * @param weight how often one of its clips is drawn, relative to other corpora's; above 0
 * @param copies number of random lines that each of its clips is passed through
 * @param treeCopies how many of those copies the trees are trained on
 * @param treeWeight weight of one of those copies in the trees
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
