package ferry.search.space;

/** How a range of numbers is laid over the interval from 0 to 1. */
public enum Scale {
  /** Evenly. */
  LINEAR,
  /** Evenly in the number's logarithm. */
  LOG,
  /** By the normal distribution about the middle, a sixth of the range wide, cut at the ends. */
  NORMAL
}
