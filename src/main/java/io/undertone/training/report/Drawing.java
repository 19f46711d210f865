package io.undertone.training.report;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Draws figures if Java has fonts and its graphics library, which small servers may lack; without them a report has no figures. */
final class Drawing {
    private static final Logger LOG = LoggerFactory.getLogger(Drawing.class);

    private Drawing() {}

    /** Draws; returns false if this Java can't. */
    static boolean attempt(Figure figure) throws IOException {
        try {
            System.setProperty("java.awt.headless", "true");
            figure.draw();
            return true;
        } catch (LinkageError | InternalError | RuntimeException e) {
            LOG.warn("Figures are left out, this Java can't draw: {}; install fontconfig and a font", e.toString());
            return false;
        }
    }

    /** Something to draw. */
    interface Figure {
        void draw() throws IOException;
    }
}
