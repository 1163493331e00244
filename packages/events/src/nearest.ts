/** Of more names than this nobody sees which one is meant. */
const MOST_NAMES = 2;
/** So many letters may differ in any name, and one more for each four letters beyond. */
const FEWEST_SLIPS = 2;
const LETTERS_A_SLIP = 4;

/**
 * The names that a misspelt one is nearest to: those with the fewest letters to insert, delete or replace (Levenshtein
 * 1966), one or two of them; upper case and the marks between words do not count. None where too much differs, or more
 * than two are equally near.
 */
export function nearestTo(misspelt: string, names: readonly string[]): readonly string[] {
  const written = plain(misspelt);
  let fewest = Math.max(FEWEST_SLIPS, Math.floor(written.length / LETTERS_A_SLIP));
  let nearest: string[] = [];
  for (const name of names) {
    const other = plain(name);
    if (Math.abs(other.length - written.length) > fewest) continue;
    const slips = slipsBetween(written, other);
    if (slips > fewest) continue;
    if (slips < fewest) nearest = [];
    fewest = slips;
    nearest.push(name);
  }
  return nearest.length > MOST_NAMES ? [] : nearest;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
}

/** Edit distance, a row of the table at a time. */
function slipsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + Number(one[row - 1] !== other[column - 1]);
      const left = (line[column - 1] ?? 0) + 1;
      line.push(Math.min(replaced, left, (above[column] ?? 0) + 1));
    }
    above = line;
  }
  return above[other.length] ?? 0;
}
