package dev.meso.runtime.plot;

/**
 * Colours as 0xRRGGBB. The first four are roles, which a page with a dark background shows in other colours. Categories have the
 * colours of Okabe and Ito (2008), which people with any colour vision tell apart; scales grow darker evenly.
 */
final class Colors {
    static final int INK = 0x1f2328;
    static final int MUTED = 0x66707b;
    static final int GRID = 0xe3e6ea;
    static final int PAPER = 0xffffff;

    static final int BLUE = 0x0072b2;
    static final int VERMILLION = 0xd55e00;
    static final int SKY = 0x8fb8d9;
    static final int GREY = 0x9aa3ad;

    /** For values that are missing, in grids of pixels. */
    static final int ABSENT = 0xd0d4d8;

    private static final int[] CATEGORIES = {
        0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x8a6d3b, 0x6a51a3, 0xb8a800, 0x7f7f7f
    };

    /** White to dark blue: nothing to much. */
    private static final int[] AMOUNT = {0xffffff, 0xd6e6f4, 0xabd0e6, 0x6aaed6, 0x3787c0, 0x105ba4, 0x08306b};

    /** Dark to light, for activity: the corners of viridis (van der Walt and Smith 2015). */
    private static final int[] ACTIVITY = {
        0x440154, 0x482878, 0x3e4a89, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6dcd59, 0xb4de2c, 0xfde725
    };

    private Colors() {}

    /** How many categories have a colour of their own. */
    static int categories() {
        return CATEGORIES.length;
    }

    static int category(int index) {
        return CATEGORIES[Math.floorMod(index, CATEGORIES.length)];
    }

    /** 0 is white, 1 dark blue. */
    static int amount(double share) {
        return between(AMOUNT, share);
    }

    /** 0 is dark, 1 bright. */
    static int activity(double share) {
        return between(ACTIVITY, share);
    }

    private static int between(int[] scale, double share) {
        double at = Math.max(0, Math.min(1, share)) * (scale.length - 1);
        int low = Math.min(scale.length - 2, (int) at);
        double part = at - low;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = scale[low] >> shift & 0xff;
            int b = scale[low + 1] >> shift & 0xff;
            color |= (int) Math.round(a + part * (b - a)) << shift;
        }
        return color;
    }
}
