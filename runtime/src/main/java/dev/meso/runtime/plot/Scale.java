package dev.meso.runtime.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From values to pixels along one axis, with round numbers as ticks. */
final class Scale {
    /** Linear, logarithmic, or logarithmic in both directions with a linear part around 0. */
    enum Kind {
        LINEAR,
        LOG,
        BOTH_LOG
    }

    /** Where the linear part of {@link Kind#BOTH_LOG} ends. */
    private static final double BEND = 2;

    private static final double[] STEPS = {1, 2, 5, 10};
    /** Decades above which only each power of ten has a tick. */
    private static final int FEW_DECADES = 2;

    private final Kind kind;
    final double low;
    final double high;
    private final double from;
    private final double to;

    private Scale(Kind kind, double low, double high, double from, double to) {
        this.kind = kind;
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
    }

    /** From {@code low} at pixel {@code from} to {@code high} at pixel {@code to}; a single value gets room around it. */
    static Scale linear(double low, double high, double from, double to) {
        if (low == high) {
            double room = low == 0 ? 1 : Math.abs(low) * 0.1;
            return new Scale(Kind.LINEAR, low - room, high + room, from, to);
        }
        return new Scale(Kind.LINEAR, low, high, from, to);
    }

    /** Both ends positive. */
    static Scale log(double low, double high, double from, double to) {
        return low == high
                ? new Scale(Kind.LOG, low / 2, high * 2, from, to)
                : new Scale(Kind.LOG, low, high, from, to);
    }

    static Scale bothLog(double low, double high, double from, double to) {
        return new Scale(Kind.BOTH_LOG, low, high, from, to);
    }

    double at(double value) {
        return from + (bent(value) - bent(low)) / (bent(high) - bent(low)) * (to - from);
    }

    private double bent(double x) {
        return switch (kind) {
            case LINEAR -> x;
            case LOG -> Math.log10(x);
            // asinh by hand: Math has none
            case BOTH_LOG -> Math.signum(x) * Math.log(Math.abs(x) / BEND + Math.sqrt(x * x / (BEND * BEND) + 1));
        };
    }

    /** Round values within the scale, about {@code wanted} of them. */
    List<Double> ticks(int wanted) {
        return switch (kind) {
            case LINEAR -> linearTicks(wanted);
            case LOG -> logTicks(wanted);
            case BOTH_LOG -> bothLogTicks();
        };
    }

    private List<Double> linearTicks(int wanted) {
        double rough = (high - low) / Math.max(1, wanted);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * 10;
        for (double s : STEPS) {
            if (power * s >= rough * 0.999) {
                step = power * s;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        long first = (long) Math.ceil(low / step - 1e-9);
        for (long k = first; k * step <= high + step * 1e-9; k++) {
            ticks.add(round(k * step));
        }
        return ticks;
    }

    /** 0.30000000000000004 is 0.3. */
    private static double round(double x) {
        return new BigDecimal(x).round(new MathContext(12)).doubleValue();
    }

    private List<Double> logTicks(int wanted) {
        int first = (int) Math.floor(Math.log10(low) + 1e-9);
        int last = (int) Math.ceil(Math.log10(high) - 1e-9);
        int every = Math.max(1, (int) Math.ceil((last - first) / (double) Math.max(1, wanted)));
        double[] within = last - first <= FEW_DECADES ? new double[] {1, 2, 5} : new double[] {1};
        List<Double> ticks = new ArrayList<>();
        for (int p = first; p <= last; p += every) {
            for (double s : within) {
                double tick = round(s * Math.pow(10, p));
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    private List<Double> bothLogTicks() {
        List<Double> ticks = new ArrayList<>();
        for (double t : new double[] {-1000, -300, -100, -30, -10, -3, 0, 3, 10, 30, 100, 300, 1000}) {
            if (t >= low && t <= high) {
                ticks.add(t);
            }
        }
        return ticks;
    }

    /** As short as it is exact: 0, 0.05, 1200, 50k, 2M, 1e-7; a minus sign where it belongs. */
    static String label(double x) {
        if (x == 0) {
            return "0";
        }
        double size = Math.abs(x);
        String text;
        if (size >= 1e12 || size < 1e-4) {
            BigDecimal digits = new BigDecimal(x).round(new MathContext(3)).stripTrailingZeros();
            int exponent = digits.precision() - digits.scale() - 1;
            String mantissa = digits.scaleByPowerOfTen(-exponent)
                    .abs()
                    .stripTrailingZeros()
                    .toPlainString();
            text = mantissa + "e" + exponent;
        } else if (size >= 1e9) {
            text = plain(size / 1e9) + "G";
        } else if (size >= 1e6) {
            text = plain(size / 1e6) + "M";
        } else if (size >= 1e4) {
            text = plain(size / 1e3) + "k";
        } else {
            text = plain(size);
        }
        return x < 0 ? "−" + text.replace("-", "−") : text.replace("-", "−");
    }

    private static String plain(double x) {
        BigDecimal digits = new BigDecimal(x).round(new MathContext(5)).stripTrailingZeros();
        return digits.scale() <= 0 ? digits.toBigInteger().toString() : digits.toPlainString();
    }

    /** A value above a bar or in a sentence: three digits, or all of a small whole number. */
    static String value(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e4) {
            return label(x);
        }
        double size = Math.abs(x);
        double unit = size >= 1e9 ? 1e9 : size >= 1e6 ? 1e6 : size >= 1e4 ? 1e3 : 1;
        return label(new BigDecimal(x / unit).round(new MathContext(3)).doubleValue() * unit);
    }

    /** 1,000 and 2,613,129. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
