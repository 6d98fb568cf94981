/** Owns what is told of a difference between two outputs. */

export interface Difference {
  /** "byte 44", "line 3", "frame 4,800 (0.100 s), channel 1". */
  readonly where: string;
  /** What stood there in legacy's and in latest's output. */
  readonly what: string;
}
