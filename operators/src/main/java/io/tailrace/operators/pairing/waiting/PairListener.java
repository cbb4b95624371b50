package io.tailrace.operators.pairing.waiting;

/** Is told what became of sides. A side is a view, good for the length of the call. */
public interface PairListener {

    /** Two belong together. */
    void paired(Side caller, Side callee);

    /** One has waited long enough, or may not wait, and was never paired. */
    void alone(Side side);

    /** One is there already, or was, as long as what it was paired with waits. */
    void duplicate(Side side);

    /** One may not wait, as too many of its trace do; it is told by itself then. */
    void aboveLimit(Side side);
}
