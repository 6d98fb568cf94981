/**
 * Owns the number that stands for phase, arm and pair: phase × 8 + 4 for the treatment + 2 for mixed or 1 for same pairs. Grouping by one
 * number costs half of what grouping by three columns does.
 */

/** Of a row with these columns. */
export const CELL_OF_ROW = `phase * 8 + CASE arm WHEN 'treatment' THEN 4 ELSE 0 END + CASE pair WHEN 'mixed' THEN 2 WHEN 'same' THEN 1 ELSE 0 END`;

/** Numbers below this; what comes with it lies above. */
export const CELLS = 8192;

/** The three columns of a relation's `cell`. */
export function cellColumns(relation: string): string {
  return `${relation}.cell >> 3 AS phase,
  CASE WHEN (${relation}.cell & 4) = 4 THEN 'treatment' ELSE 'control' END AS arm,
  CASE ${relation}.cell & 3 WHEN 2 THEN 'mixed' WHEN 1 THEN 'same' ELSE '' END AS pair`;
}
