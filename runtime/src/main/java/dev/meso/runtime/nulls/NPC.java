package dev.meso.runtime.nulls;

import dev.meso.runtime.partition.Partition;
import dev.meso.runtime.task.Monitor;
import java.util.List;
import java.util.Optional;

/**
 * The configuration model that also keeps the number of connections from each block of neurons to each block. Sampled by {@link BlockChain}
 * from a common hub. With blocks fitted to the graph it is the degree-corrected block model, {@code DCSBM}.
 */
record NPC(String name, Blocks blocks) implements NullModel {
    @Override
    public List<String> preserves() {
        return List.of("degrees", blocks.statistic());
    }

    @Override
    public String space() {
        return "simple directed graphs with every neuron's in- and out-degree and the number of connections from each to each of "
                + blocks.describe()
                + ", all alike; switch and hold through graphs with other numbers at a penalty, seen only at "
                + "the right ones";
    }

    @Override
    public Sampler sampler(Observed observed, Options options, long seed, Monitor monitor) {
        double lambda = BlockPenalty.of(blocks, blocks.edges(observed), monitor);
        Edges edges = new Edges(observed.n(), observed.start(), observed.pre(), observed.post());
        BlockCells cells = new BlockCells(blocks.count(), blocks.of(), edges);
        return new ChainSampler(observed, new BlockChain(edges, cells, lambda), options, seed, monitor);
    }

    @Override
    public Optional<Partition> partition(Observed observed) {
        return Optional.of(blocks.partition());
    }

    /**
     * The microcanonical degree-corrected block model (Peixoto, Physical Review E 95, 2017): all ways to join outputs to inputs with these
     * block counts are alike, as are all block counts and, within each block, all sequences of degrees. Of one block it is the code of CFG.
     */
    @Override
    public DescriptionLength descriptionLength(Observed observed) {
        int count = blocks.count();
        int[] edges = blocks.edges(observed);
        double data = 0;
        double model = blocks.cost() + Combinatorics.lnSequences(observed.m(), count * count);
        for (int r = 0; r < count; r++) {
            long out = 0;
            long in = 0;
            for (int s = 0; s < count; s++) {
                out += edges[r * count + s];
                in += edges[s * count + r];
                data -= Combinatorics.lnFactorial(edges[r * count + s]);
            }
            data += Combinatorics.lnFactorial(out) + Combinatorics.lnFactorial(in);
            int size = blocks.partition().sizes()[r];
            model += Combinatorics.lnSequences(out, size) + Combinatorics.lnSequences(in, size);
        }
        for (int v = 0; v < observed.n(); v++) {
            data -= Combinatorics.lnFactorial(observed.wiring().outDegree(v));
            data -= Combinatorics.lnFactorial(observed.wiring().inDegree(v));
        }
        return DescriptionLength.upper(
                data,
                model,
                "ln [prod e_r+! e_r-! / (prod e_rs! prod k_in! k_out!)] for e_rs connections from block r to block s, which also counts graphs with "
                        + "parallel connections and autapses; ln C(m+B^2-1, B^2-1) for the block counts and ln C(e_r+n_r-1, n_r-1) of each block, "
                        + "in and out, for the degrees"
                        + (blocks.known() ? "; the blocks are taken as known" : Blocks.COST_FORMULA));
    }
}
