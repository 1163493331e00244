/**
 * What a reader knows of each customer: the rules for records of customer-current and customer-changes, in the shape in
 * which their Avro schemas bring them.
 *
 * @typedef {{ rule: string, cause: string, code: string?, dueDay: number?, daysBefore: number? }} Situation
 * @typedef {{ staleSince: number?, mergedInto: string? }} Standing
 * @typedef {Standing & { sequence: number, scores: Record<string, any>, situations: Situation[] }} Picture
 * @typedef {Map<string, Picture>} Pictures by key, `tenant|customerId`
 */

/**
 * Takes the whole picture of a customer, unless a newer one is known. Null: the customer is gone.
 * @param {Pictures} pictures @param {string} key @param {any} record of customer-current
 */
export function takeCurrent(pictures, key, record) {
  if (record === null) pictures.delete(key);
  else if (record.sequence > (pictures.get(key)?.sequence ?? 0))
    pictures.set(key, { sequence: record.sequence, ...record.current });
}

/**
 * Takes the next change of a customer and returns it; undefined for one that is known already.
 * @param {Pictures} pictures @param {string} key @param {any} record of customer-changes
 */
export function takeChange(pictures, key, record) {
  const { change } = record;
  const known = pictures.get(key) ?? {
    sequence: 0,
    scores: {},
    situations: [],
    staleSince: null,
    mergedInto: null,
  };
  if (!change || change.sequence <= known.sequence) return undefined;
  // A portfolio's numbers grow, but leave some out.
  const isGap = change.sequence > known.sequence + 1 && !key.endsWith('|@portfolio');
  if (isGap) throw new Error(`A change of ${key} was missed: start again.`);
  const scores = { ...known.scores };
  let situations = known.situations;
  for (const { type, score, situation } of change.changes) {
    if (score) {
      const { score: name, previous, previousBand, delta, reasons, ...value } = score;
      // Taken back, of a customer that was merged or split.
      if (value.band === 'withdrawn') delete scores[name];
      else scores[name] = value;
    } else {
      const [rule, step] = type.split('.').slice(-2);
      const { cause, code, dueDay, daysBefore } = situation;
      situations = situations.filter((one) => one.rule !== rule || one.cause !== cause);
      if (step === 'raised' || step === 'due')
        situations.push({ rule, cause, code: rule === 'renewal' ? null : code, dueDay, daysBefore });
    }
  }
  const { sequence, staleSince, mergedInto } = change;
  pictures.set(key, { sequence, scores, situations, staleSince, mergedInto });
  return change;
}
