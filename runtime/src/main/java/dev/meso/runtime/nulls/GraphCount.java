package dev.meso.runtime.nulls;

/** Estimates of the number of simple directed graphs with given in- and out-degrees. None of them is a bound. */
final class GraphCount {
    private GraphCount() {}

    static DescriptionLength addTo(DescriptionLength upper, Observed observed) {
        return upper.withEstimate(benderCanfield(observed), "Bender-Canfield");
    }

    /**
     * Bender and Canfield's asymptotic number for sparse graphs ("The asymptotic number of labeled graphs with given degree
     * sequences", J. Combinatorial Theory A 24, 1978), for directed graphs: ln (m! / prod k_in! k_out!) - sum k_in k_out / m - sum
     * k_in (k_in - 1) sum k_out (k_out - 1) / (2 m^2).
     */
    static double benderCanfield(Observed observed) {
        double m = Math.max(1, observed.m());
        double lnCount = Combinatorics.lnFactorial(observed.m());
        double products = 0;
        double ins = 0;
        double outs = 0;
        for (int v = 0; v < observed.n(); v++) {
            double in = observed.wiring().inDegree(v);
            double out = observed.wiring().outDegree(v);
            lnCount -= Combinatorics.lnFactorial((long) in) + Combinatorics.lnFactorial((long) out);
            products += in * out;
            ins += in * (in - 1);
            outs += out * (out - 1);
        }
        return lnCount - products / m - ins * outs / (2 * m * m);
    }
}
