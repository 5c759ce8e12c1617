package dev.meso.runtime.mesoscale;

import dev.meso.runtime.error.ErrorCode;
import dev.meso.runtime.error.MesoException;
import dev.meso.runtime.tensor.Options.Precision;
import java.io.Serializable;

/**
 * How a model is fitted.
 *
 * @param start where training begins
 * @param epochs passes over the training windows at most, 0 to keep the start
 * @param window predictions in each window, for which memories and learned gains are followed
 * @param ahead frames ahead that the model foretells from each state that is given, on its own; the loss is over all of them. 1 begins every
 *     prediction at what was recorded
 * @param batch windows in each step of the optimizer
 * @param method how parameters change
 * @param rate of learning, at the start; it falls along half a cosine to a hundredth
 * @param split share of the frames of each recording that is the training part; the rest is only ever used to report errors
 * @param validation share of the training part, its end, which decides when to stop and which state is kept
 * @param patience epochs without a better validation error after which training stops
 * @param temperature of the assignment at the start; it falls to {@code coldest} over the first half of the epochs
 * @param coldest temperature of the assignment at the end, and all along after a staged start
 * @param clip longest gradient; longer ones are shortened to it
 * @param alternate whether epochs take turns between assignment and mixture on one side and all else on the other
 * @param precision of the arithmetic
 * @param horizon frames ahead up to which errors are reported
 * @param restarts of the search for modules in a staged start
 * @param seed of the starting weights and the order of windows
 */
public record FitOptions(
        Start start,
        int epochs,
        int window,
        int ahead,
        int batch,
        Method method,
        double rate,
        double split,
        double validation,
        int patience,
        double temperature,
        double coldest,
        double clip,
        boolean alternate,
        Precision precision,
        int horizon,
        int restarts,
        long seed)
        implements Serializable {
    /** Ways to change parameters. */
    public enum Method {
        ADAM,
        SGD,
        /** Weights keep their signs: Dale's law. */
        EXPONENTIATED
    }

    /** Where training begins. */
    public enum Start {
        /** At domains and modules found in stages; see {@link StagedStart}. Without it gradients find domains, but seldom modules. */
        STAGED,
        /** At the principal components of each field and random networks. */
        COMPONENTS
    }

    public static final FitOptions DEFAULT = new Builder().build();

    public FitOptions {
        check(epochs >= 0, "`epochs` is at least 0, not " + epochs);
        check(window >= 1, "`window` is at least 1, not " + window);
        check(ahead >= 1 && ahead <= window, "`ahead` is 1 to the window of " + window + ", not " + ahead);
        check(batch >= 1, "`batch` is at least 1, not " + batch);
        check(rate > 0 && Double.isFinite(rate), "the learning rate is above 0, not " + rate);
        check(split > 0 && split < 1, "`split` lies between 0 and 1, not " + split);
        check(validation > 0 && validation < 1, "`validation` lies between 0 and 1, not " + validation);
        check(patience >= 1, "`patience` is at least 1, not " + patience);
        check(coldest > 0 && temperature >= coldest, "temperatures are positive and fall");
        check(clip > 0, "`clip` is above 0, not " + clip);
        check(horizon >= 1, "`horizon` is at least 1, not " + horizon);
        check(restarts >= 1, "`restarts` is at least 1, not " + restarts);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new MesoException(ErrorCode.WRONG_VALUE, message);
        }
    }

    /** The same with some values changed. */
    public Builder with() {
        Builder b = new Builder();
        b.start = start;
        b.epochs = epochs;
        b.window = window;
        b.ahead = ahead;
        b.batch = batch;
        b.method = method;
        b.rate = rate;
        b.split = split;
        b.validation = validation;
        b.patience = patience;
        b.temperature = temperature;
        b.coldest = coldest;
        b.clip = clip;
        b.alternate = alternate;
        b.precision = precision;
        b.horizon = horizon;
        b.restarts = restarts;
        b.seed = seed;
        return b;
    }

    /** Options one by one; what is not set has its default. */
    public static final class Builder {
        private Start start = Start.STAGED;
        private int epochs = 100;
        private int window = 8;
        private int ahead = 1;
        private int batch = 16;
        private Method method = Method.ADAM;
        private double rate = 3e-3;
        private double split = 0.8;
        private double validation = 0.15;
        private int patience = 20;
        private double temperature = 1;
        private double coldest = 0.05;
        private double clip = 5;
        private boolean alternate;
        private Precision precision = Precision.DOUBLE;
        private int horizon = 10;
        private int restarts = 4;
        private long seed = 1;

        public Builder start(Start value) {
            start = value;
            return this;
        }

        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        public Builder window(int value) {
            window = value;
            return this;
        }

        public Builder ahead(int value) {
            ahead = value;
            return this;
        }

        public Builder batch(int value) {
            batch = value;
            return this;
        }

        public Builder method(Method value) {
            method = value;
            return this;
        }

        public Builder rate(double value) {
            rate = value;
            return this;
        }

        public Builder split(double value) {
            split = value;
            return this;
        }

        public Builder validation(double value) {
            validation = value;
            return this;
        }

        public Builder patience(int value) {
            patience = value;
            return this;
        }

        public Builder temperatures(double warmest, double least) {
            temperature = warmest;
            coldest = least;
            return this;
        }

        public Builder clip(double value) {
            clip = value;
            return this;
        }

        public Builder alternate(boolean value) {
            alternate = value;
            return this;
        }

        public Builder precision(Precision value) {
            precision = value;
            return this;
        }

        public Builder horizon(int value) {
            horizon = value;
            return this;
        }

        public Builder restarts(int value) {
            restarts = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public FitOptions build() {
            return new FitOptions(
                    start,
                    epochs,
                    window,
                    ahead,
                    batch,
                    method,
                    rate,
                    split,
                    validation,
                    patience,
                    temperature,
                    coldest,
                    clip,
                    alternate,
                    precision,
                    horizon,
                    restarts,
                    seed);
        }
    }
}
