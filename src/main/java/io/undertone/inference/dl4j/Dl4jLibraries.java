package io.undertone.inference.dl4j;

import io.undertone.inference.EngineException;

/** Whether Deeplearning4j is there: its libraries, 150 MB in {@code lib/dl4j}, may be left out where ONNX Runtime is the engine. */
public final class Dl4jLibraries {
    private static final String NEEDED = "org.nd4j.linalg.factory.Nd4j";

    private Dl4jLibraries() {}

    /**
     * Holds that it is there, without loading any of it.
     *
     * @param user what needs it, such as {@code inference.engine=dl4j}
     * @throws EngineException where it is not
     */
    public static void require(String user) {
        require(user, Dl4jLibraries.class.getClassLoader());
    }

    static void require(String user, ClassLoader loader) {
        try {
            Class.forName(NEEDED, false, loader);
        } catch (ClassNotFoundException e) {
            throw new EngineException(
                    "Deeplearning4j must be there for " + user
                            + ": its libraries were left out of this installation; put the folder"
                            + " target/lib/dl4j of a build there, or build the image with --build-arg DL4J=true",
                    e);
        }
    }
}
