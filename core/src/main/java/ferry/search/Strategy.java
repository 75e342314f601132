package ferry.search;

/** Which of a trial's reports stands for it. */
public enum Strategy {
  BEST,
  LAST
}
